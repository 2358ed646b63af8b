// A tensor made by a shader of ours on the backend 'webgpu'.

import { dispatchOnWebgpu, type WebgpuBackend } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';

/** Invocations in a workgroup, along x. */
export const WORKGROUP = 64;

/** A tensor whose buffer holds float32: that of whole numbers stays as it is when they are cast. */
export function asFloats(x: tf.Tensor): tf.Tensor {
  const { tensorMap } = tf.backend() as unknown as WebgpuBackend;
  const floats = tf.cast(x, 'float32');
  return tensorMap.get(floats.dataId).dtype === 'float32' ? floats : tf.add(floats, 0);
}

export interface Dispatch {
  /** Bound in this order: the inputs to read, the output to write, the uniforms. */
  readonly shader: string;
  readonly inputs: readonly tf.Tensor[];
  readonly outShape: number[];
  readonly integers: readonly number[];
  /** After the integers. */
  readonly floats: readonly number[];
  /** Numbered by `(id.y * groups.x + id.x) * WORKGROUP`, for whole workgroups. */
  readonly invocations: number;
}

/** @returns the output, in the scope that is open */
export function dispatch(wanted: Dispatch): tf.Tensor {
  const backend = tf.backend() as unknown as WebgpuBackend;
  const output = backend.makeTensorInfo(wanted.outShape, 'float32');
  dispatchOnWebgpu(backend, {
    ...{ key: wanted.shader, shader: () => wanted.shader },
    bound: [...wanted.inputs, output],
    uniforms: [
      ...wanted.integers.map((value) => ({ type: 'int32' as const, data: [value] })),
      ...wanted.floats.map((value) => ({ type: 'float32' as const, data: [value] })),
    ],
    ...{ invocations: wanted.invocations, workgroup: WORKGROUP },
  });
  return tf.engine().makeTensorFromTensorInfo(output);
}
