import { describe, expect, it } from 'vitest';
import { difference, type HostConstant, type RecordedOp, type Recording } from './recording.js';

const constant = (...values: number[]): RecordedOp['inputs'][number] => {
  const host: HostConstant = {
    shape: [values.length],
    dtype: 1,
    values: Float32Array.from(values),
  };
  return { kind: 'constant', constant: host };
};
const input = (index: number) => ({ kind: 'input', index }) as const;
const output = (index: number, port = 0) => ({ kind: 'op', index, port }) as const;
const op = (name: string, ...inputs: RecordedOp['inputs']): RecordedOp => ({
  ...{ op: name, inputs },
  attributes: [{ name: 'T', type: 1, value: 2 }],
  shapes: [[2]],
});
const recording = (ops: RecordedOp[], ...outputs: Recording['outputs']): Recording => ({
  ...{ inputs: [[2], [2]], ops, outputs },
});

describe('difference', () => {
  const base = recording([op('Add', input(0), constant(1, NaN)), op('Neg', output(0))], output(1));

  it('is undefined for equal recordings, NaN included', () => {
    const again = recording(
      [op('Add', input(0), constant(1, NaN)), op('Neg', output(0))],
      output(1),
    );
    expect(difference(base, again)).toBeUndefined();
  });

  it.each<[string, Recording]>([
    ['it ran 2 ops once and 1 then', recording([op('Add', input(0), constant(1, NaN))], output(0))],
    ['op 1 was Neg once and Abs then', recording([base.ops[0]!, op('Abs', output(0))], output(1))],
    [
      'the attributes of Neg (op 1) changed',
      recording([base.ops[0]!, { ...op('Neg', output(0)), attributes: [] }], output(1)),
    ],
    [
      'input 1 of Add (op 0) is made anew on the host each time',
      recording([op('Add', input(0), constant(2, NaN)), base.ops[1]!], output(1)),
    ],
    [
      'input 1 of Add (op 0) is made anew on the host each time',
      recording([op('Add', input(0), constant(1)), base.ops[1]!], output(1)),
    ],
    [
      'input 0 of Add (op 0) is made anew on the host each time',
      recording([op('Add', input(1), constant(1, NaN)), base.ops[1]!], output(1)),
    ],
    ['its outputs came from different ops', recording([...base.ops], output(0))],
  ])('says that %s', (text, other) => {
    expect(difference(base, other)).toBe(text);
  });

  it('tells 0 from −0, and one dtype from another', () => {
    const [zero, minus] = [0, -0].map((v) => recording([op('Neg', constant(v))], output(0)));
    expect(difference(zero!, minus!)).toContain('made anew on the host');
    const int = constant(0);
    if (int.kind === 'constant') Object.assign(int.constant, { dtype: 3 });
    expect(difference(zero!, recording([op('Neg', int)], output(0)))).toContain('made anew');
  });
});
