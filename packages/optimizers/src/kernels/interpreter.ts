// An update without compiling anything: one operation after another, over chunks that stay in the cache.

import type { Loop } from './javascript.js';
import { operations, type Operation } from './operations.js';
import type { Operand, Program } from './program.js';

const CHUNK = 2048;

/** For pages whose content security policy forbids `eval`; each step is rounded to float32. */
export function interpretedLoop(program: Program): Loop {
  const { steps, outputs: results, scalarCount } = program;
  const buffers = (count: number) => Array.from({ length: count }, () => new Float32Array(CHUNK));
  const values = buffers(steps.length);
  const constants = buffers(scalarCount);
  return (count, inputs, outputs, scalars) => {
    scalars.forEach((scalar, i) => constants[i]?.fill(scalar, 0, Math.min(count, CHUNK)));
    for (let start = 0; start < count; start += CHUNK) {
      const size = Math.min(CHUNK, count - start);
      const chunks = inputs.map((input) => input.subarray(start, start + size));
      const sources = { input: chunks, scalar: constants, step: values };
      const read = ({ from, index }: Operand) => sources[from][index] as Float32Array;
      steps.forEach(({ operation, operands }, i) => {
        const [a, b = a] = operands.map(read) as [Float32Array, Float32Array?];
        const { chunk }: Operation = operations[operation];
        chunk(values[i] as Float32Array, a, b, size);
      });
      results.forEach((result, i) => outputs[i]?.set(read(result).subarray(0, size), start));
    }
  };
}
