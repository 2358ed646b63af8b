// Nested dictionaries and lists of tensors as one map with dotted names.

import { damaged } from './damaged.js';
import { TensorView } from './tensor-view.js';

/** Real checkpoints, with their optimizer's state, stay far below; what refers to itself does not. */
const MAX_DEPTH = 32;
const MAX_VALUES = 2 ** 18;
const MAX_NAME = 512;

/**
 * Each tensor under its keys, joined by dots (`optimizer.state.0.exp_avg`); what is no tensor is left out.
 *
 * @throws GraftError where two tensors get the same name, or there is no end to it
 */
export function flatten(value: unknown): Map<string, TensorView> {
  const flat = new Map<string, TensorView>();
  let values = 0;
  const visit = (name: string, inner: unknown, depth: number): void => {
    if (++values > MAX_VALUES) throw damaged(`it holds more than ${MAX_VALUES} values`);
    if (depth > MAX_DEPTH) throw damaged(`it is nested more than ${MAX_DEPTH} levels deep`);
    if (name.length > MAX_NAME) throw damaged(`a name has more than ${MAX_NAME} characters`);
    if (inner instanceof TensorView) {
      if (flat.has(name)) throw damaged(`two tensors have the name "${name}"`);
      flat.set(name, inner);
      return;
    }
    if (!(inner instanceof Map) && !Array.isArray(inner)) return;
    for (const [key, item] of inner.entries() as Iterable<[unknown, unknown]>) {
      if (typeof key !== 'string' && typeof key !== 'number') {
        throw damaged('a dictionary has a key that is no text and no number');
      }
      visit(name === '' ? `${key}` : `${name}.${key}`, item, depth + 1);
    }
  };
  visit('', value, 0);
  return flat;
}
