// A batch of no examples. It goes to no engine: in a recurrent layer, ONNX Runtime 1.30 ends the process.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';

export function isEmptyBatch(inputs: readonly tf.Tensor[]): boolean {
  return inputs.some(({ shape }) => shape[0] === 0);
}

/** Nothing, in the shapes of a model's outputs. @throws GraftError where one of these is not known */
export function ofNothing(shapes: readonly (readonly (number | null)[])[]): tf.Tensor[] {
  return shapes.map(([, ...lengths]) => {
    if (lengths.includes(null)) {
      const rule = 'of one example or more, where the size of an output is not known';
      throw invalidArgument('x', rule, '0 examples');
    }
    return tf.zeros([0, ...(lengths as number[])]);
  });
}
