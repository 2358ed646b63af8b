// The operations by which Keras writes masks into the graph of a Functional model. Here masks go with the tensors, so these
// operations are left out, if the masks are those that follow from Embedding and Masking layers. Knows no tfjs.

import { GraftError } from '@graftjs/core';
import { isRecord } from './fields.js';
import type { KerasLayer } from './keras-model.js';

/** Where a mask begins, and how Keras copies and merges masks. */
const maskOperations = new Set([
  'NotEqual',
  'Any',
  'ConvertToTensor',
  'LogicalOr',
  'Concatenate',
  'ExpandDims',
  'OnesLike',
  'ZerosLike',
]);

/**
 * The layers of a model, called without masks, and without the operations that make these.
 *
 * @throws GraftError when a layer is called with a mask of other making
 */
export function withoutMasks(layers: readonly KerasLayer[], where: string): KerasLayer[] {
  const operations = new Map(layers.filter(isMaskOperation).map((layer) => [layer.name, layer]));
  const beginnings = new Set(layers.flatMap(beginningsAt));
  const seen = new Set<KerasLayer>();
  const isMask = (name: string): boolean => {
    const operation = operations.get(name);
    if (!operation) return false;
    if (seen.has(operation)) return true;
    seen.add(operation);
    const { class_name: className } = operation;
    const [args] = callsOf(operation).map((call) => listOf(call.args));
    if (!args) return false;
    if (className === 'NotEqual') return beginnings.has(beginning(args[0], args[1]));
    return className.endsWith('Like') || sourcesIn(args).every(isMask);
  };
  for (const layer of layers) {
    const given = callsOf(layer).flatMap(({ kwargs }) => [kwargs.mask].flat());
    if (given.every((mask) => mask == null || sourcesIn(mask).some(isMask))) continue;
    throw new GraftError(
      `layer "${String(layer.name)}" (${layer.class_name}) of ${where} is called with a mask of its own, which is not supported`,
    );
  }
  return layers.filter((layer) => !seen.has(layer)).map(withoutMask);
}

interface Call {
  readonly args: unknown;
  readonly kwargs: Readonly<Record<string, unknown>>;
}

/** Its calls, as far as they are well-formed: whoever builds the layer will see to the others. */
function callsOf({ inbound_nodes: nodes }: KerasLayer): Call[] {
  return listOf(nodes).filter((node): node is Call => isRecord(node) && isRecord(node.kwargs));
}

function withoutMask(layer: KerasLayer): KerasLayer {
  if (!callsOf(layer).some(({ kwargs }) => 'mask' in kwargs)) return layer;
  const nodes = listOf(layer.inbound_nodes).map((node) => {
    if (!isRecord(node) || !isRecord(node.kwargs)) return node;
    const kwargs = Object.entries(node.kwargs).filter(([name]) => name !== 'mask');
    return { ...node, kwargs: Object.fromEntries(kwargs) };
  });
  return { ...layer, inbound_nodes: nodes };
}

function isMaskOperation({ class_name: name, module }: KerasLayer): boolean {
  return maskOperations.has(name) && module?.startsWith('keras.src.ops.') === true;
}

/** The comparisons that a layer makes masks of: its input with what does not count. */
function beginningsAt(layer: KerasLayer): string[] {
  const { mask_zero, mask_value } = layer.config;
  const value = mask_zero === true ? 0 : layer.class_name === 'Masking' ? mask_value : undefined;
  if (value === undefined) return [];
  return callsOf(layer).map(({ args }) => beginning(listOf(args)[0], value));
}

function beginning(input: unknown, value: unknown): string {
  const config = isRecord(input) && isRecord(input.config) ? input.config : {};
  return JSON.stringify([config.keras_history, value]);
}

/** The names of the layers whose tensors are in a value. */
function sourcesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(sourcesIn);
  const config = isRecord(value) && isRecord(value.config) ? value.config : {};
  return Array.isArray(config.keras_history) ? [String(config.keras_history[0])] : [];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
