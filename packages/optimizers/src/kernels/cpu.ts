// Updates on the 'cpu' backend: one loop over the weight, its gradient and its slots.

import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import { interpretedLoop } from './interpreter.js';
import { javascriptLoop, type Loop } from './javascript.js';
import type { Program } from './program.js';
import { provideUpdateKernel, type UpdateKernel } from './provide-kernel.js';

/** What is used of tfjs-backend-cpu. */
interface CpuBackend {
  readonly data: { get(dataId: object): { values: Float32Array } };
  write(values: Float32Array, shape: number[], dtype: 'float32'): object;
  refCount(dataId: object): number;
  incRef(dataId: object): void;
}

const loops = new WeakMap<Program, Loop>();

function loopOf(program: Program): Loop {
  let loop = loops.get(program);
  if (!loop) loops.set(program, (loop = makeLoop(program)));
  return loop;
}

function makeLoop(program: Program): Loop {
  try {
    return javascriptLoop(program);
  } catch (error) {
    if (error instanceof EvalError) return interpretedLoop(program);
    throw error;
  }
}

const update: UpdateKernel<CpuBackend> = (backend, { program, scalars }, inputs) => {
  const [weight] = inputs as [TensorInfo];
  const count = util.sizeFromShape(weight.shape);
  const values = inputs.map(({ dataId }) => backend.data.get(dataId).values);
  const outputs = program.outputs.map((_, i): { info: TensorInfo; values: Float32Array } => {
    // The weight is input 0, the gradient 1, so that output i > 0 is the slot of input i + 1.
    const slot = i > 0 ? (inputs[i + 1] as TensorInfo) : undefined;
    // A weight that was read with dataSync is that very memory, and must not change.
    if (slot && backend.refCount(slot.dataId) === 1) {
      backend.incRef(slot.dataId);
      return { info: { ...infoOf(slot) }, values: values[i + 1] as Float32Array };
    }
    const fresh = new Float32Array(count);
    const dataId = backend.write(fresh, weight.shape, 'float32');
    return { info: { dataId, shape: weight.shape, dtype: 'float32' }, values: fresh };
  });
  loopOf(program)(
    count,
    values,
    outputs.map((output) => output.values),
    scalars,
  );
  return outputs.map(({ info }) => info);
};

function infoOf({ dataId, shape, dtype }: TensorInfo): TensorInfo {
  return { dataId, shape, dtype };
}

/**
 * Makes the optimizers of this package update a variable in one loop on the 'cpu' backend, with the same numbers to
 * float32 rounding. Where a content security policy forbids `eval`, the loop is interpreted, about three times slower.
 *
 * @example
 * import { registerUpdateKernel } from '@graftjs/optimizers/cpu';
 * registerUpdateKernel();
 */
export function registerUpdateKernel(): void {
  provideUpdateKernel('cpu', update);
}
