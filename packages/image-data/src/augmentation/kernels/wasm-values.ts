// What is done to all values of an image alike, four at a time, as WebAssembly functions.

import type { ValueStep } from './value-step.js';
import type { Code, Local, WasmFunction } from './wasm-code.js';
import { countUp, f32x4, i32, v128, wasmFunction } from './wasm-code.js';

/** Values in a vector. */
export const LANES = 4;

const nextVector = (at: Local) => at.set(i32.add(at, i32.constant(16)));

/** What a step makes of a value, with its numbers. */
const operations: Readonly<
  Record<ValueStep[0], { numbers: number; make: (value: Local, ...numbers: Local[]) => Code }>
> = {
  add: { numbers: 1, make: f32x4.add },
  multiply: { numbers: 1, make: f32x4.mul },
  divide: { numbers: 1, make: f32x4.div },
  truncate: { numbers: 0, make: f32x4.trunc },
  clamp: {
    numbers: 2,
    make: (value, least, greatest) =>
      f32x4.pmin(greatest as Local, f32x4.pmax(least as Local, value)),
  },
};

/** `change(at, count, …numbers)`: all steps in one pass, over up to three values more than the count, which is not 0. */
export function changeFunction(steps: readonly ValueStep[0][]): WasmFunction {
  const counts = steps.map((step) => operations[step].numbers);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const names = Array.from({ length: total }, (_, i) => [`number${i}`, 'f32'] as const);
  const parameters = { at: 'i32', count: 'i32', ...Object.fromEntries(names) } as const;
  return wasmFunction('change', parameters, (given, local) => {
    const { at, count, ...scalars } = given as Readonly<Record<'at' | 'count', Local>>;
    const [i, value] = [local('i32'), local('v128')];
    const numbers = Object.values<Local>(scalars).map((scalar) => [scalar, local('v128')] as const);
    const left = numbers.map(([, vector]) => vector);
    return [
      ...numbers.flatMap(([scalar, vector]) => vector.set(f32x4.splat(scalar))),
      ...countUp(i, count, LANES, [
        ...value.set(v128.load(at)),
        ...steps.flatMap((step) => {
          const { numbers: taken, make } = operations[step];
          return value.set(make(value, ...left.splice(0, taken)));
        }),
        ...v128.store(at, value),
        ...nextVector(at),
      ]),
    ];
  });
}

/** `extremes(at, count, result)` writes the least of each lane, then the greatest of each. The count is whole vectors, not 0. */
export function extremesFunction(): WasmFunction {
  const parameters = { at: 'i32', count: 'i32', result: 'i32' } as const;
  return wasmFunction('extremes', parameters, ({ at, count, result }, local) => {
    const [i, value, least, greatest] = [local('i32'), local('v128'), local('v128'), local('v128')];
    return [
      ...least.set(f32x4.constant(Infinity)),
      ...greatest.set(f32x4.constant(-Infinity)),
      ...countUp(i, count, LANES, [
        ...value.set(v128.load(at)),
        ...least.set(f32x4.pmin(least, value)),
        ...greatest.set(f32x4.pmax(greatest, value)),
        ...nextVector(at),
      ]),
      ...v128.store(result, least),
      ...nextVector(result),
      ...v128.store(result, greatest),
    ];
  });
}
