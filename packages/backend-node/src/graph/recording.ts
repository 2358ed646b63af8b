// What a recorder saw: the ops of a computation in order, and where each of their inputs came from.

import type { Attribute, HostValues } from '../node-backend.js';

export interface HostConstant {
  readonly shape: readonly number[];
  readonly dtype: number;
  /** Where all are the same there is only one: gradients hold tensors of ones as large as an activation. */
  readonly values: HostValues;
}

/** Where a value comes from: an input of the recording, a constant made on the host, or output `port` of an op. */
export type Source =
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'constant'; readonly constant: HostConstant }
  | { readonly kind: 'op'; readonly index: number; readonly port: number };

export interface RecordedOp {
  readonly op: string;
  readonly attributes: readonly Attribute[];
  readonly inputs: readonly Source[];
  /** Of each output. */
  readonly shapes: readonly (readonly number[])[];
}

export interface Recording {
  /** Shapes of the inputs. */
  readonly inputs: readonly (readonly number[])[];
  readonly ops: readonly RecordedOp[];
  readonly outputs: readonly Source[];
}

/** The shape of a value in a recording with these inputs and ops. */
export function shapeOf(
  { inputs, ops }: Pick<Recording, 'inputs' | 'ops'>,
  source: Source,
): readonly number[] {
  if (source.kind === 'constant') return source.constant.shape;
  if (source.kind === 'input') return inputs[source.index] as readonly number[];
  return ops[source.index]?.shapes[source.port] as readonly number[];
}

/**
 * Why two recordings of the same computation differ, or undefined where they are equal. A difference means that
 * something on the host decides: a random mask, a counter, a branch.
 */
export function difference(a: Recording, b: Recording): string | undefined {
  if (a.ops.length !== b.ops.length)
    return `it ran ${a.ops.length} ops once and ${b.ops.length} then`;
  for (const [i, op] of a.ops.entries()) {
    const other = b.ops[i] as RecordedOp;
    if (op.op !== other.op) return `op ${i} was ${op.op} once and ${other.op} then`;
    if (JSON.stringify(op.attributes) !== JSON.stringify(other.attributes)) {
      return `the attributes of ${op.op} (op ${i}) changed`;
    }
    const input = op.inputs.findIndex((source, k) => !sameSource(source, other.inputs[k]));
    if (input >= 0)
      return `input ${input} of ${op.op} (op ${i}) is made anew on the host each time`;
  }
  const same = a.outputs.every((source, i) => sameSource(source, b.outputs[i]));
  return same ? undefined : 'its outputs came from different ops';
}

function sameSource(a: Source, b: Source | undefined): boolean {
  if (a.kind === 'constant' && b?.kind === 'constant') return sameConstant(a.constant, b.constant);
  return JSON.stringify(a) === JSON.stringify(b);
}

function sameConstant(a: HostConstant, b: HostConstant): boolean {
  return (
    a.dtype === b.dtype &&
    a.values.length === b.values.length &&
    a.shape.join() === b.shape.join() &&
    // Object.is: a NaN equals itself.
    Array.prototype.every.call(a.values, (value, i) => Object.is(value, b.values[i]))
  );
}
