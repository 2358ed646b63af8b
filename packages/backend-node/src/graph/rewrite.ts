// Writes a recording anew, op by op: the form of every simplification of a graph.

import type { Attribute, AttributeValue } from '../node-backend.js';
import {
  type HostConstant,
  type RecordedOp,
  type Recording,
  shapeOf,
  type Source,
} from './recording.js';

export type OpOutput = Source & { kind: 'op' };

/** A recording while it is written. */
export class Draft {
  readonly ops: RecordedOp[] = [];

  constructor(private readonly inputs: Recording['inputs']) {}

  /** Adds an op, and gives its first output. */
  add(op: RecordedOp): OpOutput {
    return { kind: 'op', index: this.ops.push(op) - 1, port: 0 };
  }

  shapeOf(source: Source): readonly number[] {
    return shapeOf({ inputs: this.inputs, ops: this.ops }, source);
  }

  /** The op that gives a value, where one does. */
  opOf(source: Source): RecordedOp | undefined {
    return source.kind === 'op' ? this.ops[source.index] : undefined;
  }
}

/**
 * @param replace is told each op, with inputs out of the draft, and its index in the recording. It adds to the draft what
 *   takes the place of an op of one output, and gives that; or gives undefined, and the op stays. What is no longer asked
 *   for by any op may stay too: TensorFlow does not run it.
 */
export function rewrite(
  { inputs, ops, outputs }: Recording,
  replace: (op: RecordedOp, draft: Draft, index: number) => OpOutput | undefined,
): Recording {
  const draft = new Draft(inputs);
  const places: OpOutput[] = [];
  const place = (source: Source): Source =>
    source.kind === 'op' ? { ...(places[source.index] as OpOutput), port: source.port } : source;
  for (const [index, op] of ops.entries()) {
    const moved = { ...op, inputs: op.inputs.map(place) };
    places.push(replace(moved, draft, index) ?? draft.add(moved));
  }
  return { inputs, ops: draft.ops, outputs: outputs.map(place) };
}

export function attributeOf({ attributes }: RecordedOp, name: string): AttributeValue | undefined {
  return attributes.find((attribute) => attribute.name === name)?.value;
}

/** The attributes of an op, one of them with another value. */
export function changedAttribute(
  { attributes }: RecordedOp,
  name: string,
  value: AttributeValue,
): Attribute[] {
  return attributes.map((each) => (each.name === name ? { ...each, value } : each));
}

/** All values of a constant: of equal ones a recording keeps one. */
export function valuesOf({ shape, values }: HostConstant): number[] {
  const size = shape.reduce((product, length) => product * length, 1);
  return Array.from({ length: size }, (_, i) => Number(values[values.length < size ? 0 : i]));
}
