// Projective image transforms, which tfjs-node lacks, by TensorFlow's ImageProjectiveTransformV3.

import * as tf from '@tensorflow/tfjs-core';
import { BACKEND_NAME, type NodeBackend } from '../node-backend.js';

export const transformConfig: tf.KernelConfig = {
  kernelName: tf.Transform,
  backendName: BACKEND_NAME,
  kernelFunc({ inputs, backend, attrs }) {
    const node = backend as NodeBackend;
    const { binding } = node;
    const { image, transforms } = inputs as Record<'image' | 'transforms', tf.Tensor>;
    const { interpolation, fillMode, fillValue, outputShape } =
      attrs as unknown as tf.TransformAttrs;
    const [, height, width] = image.shape;
    const text = (name: string, value: string) => ({
      name,
      type: binding.TF_ATTR_STRING,
      value: value.toUpperCase(),
    });
    return tf.tidy(() => {
      const size = tf.tensor1d(outputShape ?? [height as number, width as number], 'int32');
      return node.executeSingleOutput(
        'ImageProjectiveTransformV3',
        [
          { name: 'dtype', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
          text('interpolation', interpolation),
          text('fill_mode', fillMode),
        ],
        [tf.cast(image, 'float32'), transforms, size, tf.scalar(fillValue)],
      );
    });
  },
};
