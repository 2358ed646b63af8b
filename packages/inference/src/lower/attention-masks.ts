// Which steps attend to which: [batch or 1, queries, keys], 1 where a query heeds a key, else 0.

import { constantOf } from '../graph/constant.js';
import type { Value } from '../graph/graph-builder.js';
import { cannotLower, type LayerCall } from './layer-call.js';
import { operationsOf } from './operations.js';

/** Those that are there, and together. */
export function allOf(call: LayerCall, masks: readonly (Value | undefined)[]): Value | undefined {
  const given = masks.filter((mask) => mask !== undefined);
  const first = given.shift();
  return first && given.reduce((a, b) => operationsOf(call).mul(a, b), first);
}

/** Of a mask of steps [batch, steps], one of queries or of keys. */
export function stepsOf(
  call: LayerCall,
  mask: Value | undefined,
  as: 'queries' | 'keys',
): Value | undefined {
  if (!mask) return undefined;
  const [, steps = null, ...more] = mask.shape;
  if (more.length > 0) cannotLower(call, 'it has a mask of other things than steps');
  return operationsOf(call).reshape(mask, as === 'keys' ? [null, 1, steps] : [null, steps, 1]);
}

/** A query heeds itself and earlier steps. */
export function causal(call: LayerCall, query: Value, value: Value): Value {
  return byDistance(call, query, value, (distance) => distance >= 0);
}

/** A query heeds the steps that are less than `window` away. */
export function near(call: LayerCall, query: Value, value: Value, window: number): Value {
  return byDistance(call, query, value, (distance) => Math.abs(distance) < window);
}

function byDistance(
  call: LayerCall,
  query: Value,
  value: Value,
  holds: (distance: number) => boolean,
): Value {
  // prettier-ignore
  const [queries, keys] = [query.shape[1] ?? null, value.shape[1] ?? null];
  if (queries === null || keys === null)
    return cannotLower(call, 'the number of steps is not known');
  const values = Float32Array.from({ length: queries * keys }, (_, i) =>
    holds(Math.floor(i / keys) - (i % keys)) ? 1 : 0,
  );
  return call.graph.constant(`${call.name}/mask`, constantOf([1, queries, keys], values));
}
