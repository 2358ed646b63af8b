// A variable of the session, and the nodes by which values reach it.

import { type GraphBuilder, shapeMessage } from './graph-builder.js';

/** A variable, and the nodes to reach it by; names are short, since tfjs-node copies them at every call. */
export interface GraphVariable {
  /** Placeholder for a value from outside. */
  readonly feed: string;
  /** Fetching it gives the value. */
  readonly read: string;
}

export interface Placed extends GraphVariable {
  readonly handle: string;
  readonly type: number;
  /** The node that puts the fed value in. */
  readonly stored: string;
}

/** Adds a variable that holds the value outside times `scale` plus `offset`. */
export function placeVariable(
  graph: GraphBuilder,
  id: number,
  type: number,
  shape: readonly number[],
  { scale = 1, offset = 0 }: { scale?: number; offset?: number } = {},
): Placed {
  const attr = { dtype: { type } };
  const handle = graph.add('VarHandleOp', [], {
    ...attr,
    shape: { shape: shapeMessage(shape) },
    shared_name: { s: new TextEncoder().encode(`v${id}`) },
  });
  const feed = graph.placeholder(`f${id}`, type);
  const inside = graph.plus(graph.scale(feed, scale, type), offset, type);
  const stored = graph.add('AssignVariableOp', [handle, inside], attr);
  const value = graph.add('ReadVariableOp', [handle], attr);
  const outside = graph.scale(graph.plus(value, -offset, type), 1 / scale, type);
  const read = graph.add('Identity', [outside], { T: { type } }, `r${id}`);
  return { handle, type, feed, stored, read };
}
