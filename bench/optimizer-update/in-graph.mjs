// An update as `fit` makes it on TensorFlow: a part of the graph of a step.

import * as tf from '@tensorflow/tfjs-core';
import { stepCompiler } from '@graftjs/core';

/** The gradients come with the batch, in one row, and each is a slice of it: what is measured is these and the update. */
export function inGraph(optimizer, variables, gradients) {
  const offsets = [0];
  for (const { size } of variables) offsets.push(offsets.at(-1) + size);
  const gradientsIn = (row) =>
    variables.map(({ shape, size }, i) => tf.reshape(tf.slice(row, offsets[i], size), shape));
  const step = stepCompiler('tensorflow')({
    ...{ optimizer, trainable: variables, states: [], constraints: [] },
    forward({ xs }) {
      const loss = tf.customGrad(() => ({ value: tf.scalar(0), gradFunc: () => gradientsIn(xs) }));
      return { loss: loss(...variables), totals: tf.zeros([1]) };
    },
  });
  const batch = {
    xs: tf.concat(gradients.map((gradient) => tf.reshape(gradient, [-1]))),
    ys: tf.zeros([1]),
  };
  let updates = 0;
  return () => {
    const totals = step.run(batch);
    totals.dataSync();
    totals.dispose();
    updates += 1;
    // The first steps are recorded.
    if (updates > 3 && step.engine.name !== 'graph') throw new Error(step.engine.reason);
  };
}
