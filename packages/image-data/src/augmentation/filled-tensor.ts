// A tensor whose values are written by a function, once.

import * as tf from '@tensorflow/tfjs-core';

/** What is used of tfjs-backend-wasm: its tensors lie in an array that anybody may write to. */
interface WasmBackend {
  makeOutput(shape: number[], dtype: 'float32'): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array;
}

/**
 * A float32 tensor. On the 'wasm' backend it is written where it lies, which saves a copy and memory that was never touched.
 *
 * @param fill makes no tensor: that may move the memory
 */
export function filledTensor(
  shape: tf.Tensor4D['shape'],
  fill: (values: Float32Array) => void,
): tf.Tensor4D {
  if (tf.getBackend() !== 'wasm') {
    const values = new Float32Array(tf.util.sizeFromShape(shape));
    fill(values);
    return tf.tensor4d(values, shape);
  }
  const backend = tf.backend() as unknown as WasmBackend;
  const info = backend.makeOutput(shape, 'float32');
  const tensor = tf.engine().makeTensorFromTensorInfo(info) as tf.Tensor4D;
  try {
    fill(backend.typedArrayFromHeap(info));
  } catch (error) {
    tensor.dispose();
    throw error;
  }
  return tensor;
}
