// The features of a large batch, computed a few examples at a time.

import * as tf from '@tensorflow/tfjs-core';
import type { Predictor } from '@graftjs/inference';

/** Numbers in a part: eight photos of 224 pixels. Fewer of them would not keep the processor's cores busy. */
const MOST = 8 * 224 * 224 * 3;

/**
 * What the predictor gives for a batch, the caller's; the batch stays the caller's too. ONNX Runtime takes up to a third less
 * time for photos in parts, as what its layers hand on then stays in the processor's cache. Other engines get the batch whole.
 */
export async function predictInParts(predictor: Predictor, xs: tf.Tensor): Promise<tf.Tensor> {
  const [count = 1, ...shape] = xs.shape;
  const width = xs.size / count;
  const size = Math.max(1, Math.floor(MOST / width));
  if (predictor.engine.name !== 'onnxruntime' || count <= size) return predictor.predict(xs);
  const values = await xs.data<'float32' | 'int32'>();
  const parts: tf.Tensor[] = [];
  try {
    for (let start = 0; start < count; start += size) {
      const length = Math.min(size, count - start);
      const numbers = values.subarray(start * width, (start + length) * width);
      const part = tf.tensor(numbers, [length, ...shape], xs.dtype);
      try {
        parts.push(await predictor.predict(part));
      } finally {
        part.dispose();
      }
    }
    return tf.concat(parts);
  } finally {
    tf.dispose(parts);
  }
}
