// An update as one loop of JavaScript, compiled from text where the page allows that.

import { writeSteps, type Program } from './program.js';

/** One pass over all elements; inputs and outputs may share memory, since an element is read before it is written. */
export type Loop = (
  count: number,
  inputs: readonly Float32Array[],
  outputs: readonly Float32Array[],
  scalars: readonly number[],
) => void;

/** @throws EvalError where a content security policy forbids compiling text */
export function javascriptLoop(program: Program): Loop {
  const { inputs, outputs, scalarCount } = program;
  const list = (count: number, line: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => line(i)).join('\n');
  const text = writeSteps(
    program,
    { input: (i) => `value${i}`, scalar: (i) => `scalar${i}` },
    (name, value) => `const ${name} = ${value};`,
  );
  const body = `'use strict';
const { abs, max, min, sqrt } = Math;
${list(inputs.length, (i) => `const input${i} = inputs[${i}];`)}
${list(outputs.length, (i) => `const output${i} = outputs[${i}];`)}
${list(scalarCount, (i) => `const scalar${i} = scalars[${i}];`)}
for (let i = 0; i < count; i++) {
${list(inputs.length, (i) => `const value${i} = input${i}[i];`)}
${text.statements}
${list(outputs.length, (i) => `output${i}[i] = ${text.outputs[i]};`)}
}`;
  // The text holds nothing but the program's own operations and indices.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  return new Function('count', 'inputs', 'outputs', 'scalars', body) as Loop;
}
