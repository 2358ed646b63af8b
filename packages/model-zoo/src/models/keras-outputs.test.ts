// What the models compute on TensorFlow, beside what Keras does with the same weights and inputs.

import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { importTensorFlow } from '@graftjs/test-utils';
import { fillByFormula, formulaTensor } from '@graftjs/test-utils/formula-weights';
import { kerasModels } from '../testing/keras-models.js';
import type { ModelOptions } from './model-options.js';
import { zooModel } from './registry.js';

// As in keras-structure.test.ts.
vi.mock('../weights/load-zoo-weights.js', () => ({ loadZooWeights: () => Promise.resolve() }));

// Of TensorFlow's kernels those that the fixture was made with: oneDNN's round otherwise on every kind of CPU.
process.env.TF_ENABLE_ONEDNN_OPTS = '0';

/** Of features and logits in parts of the largest; of probabilities. Keras's are of float64, and logits are small sums. */
const tolerances = { features: 2e-6, logits: 1e-5, probabilities: 1e-6 };

const compared = kerasModels.flatMap(({ output, ...rest }) =>
  output ? [{ ...rest, output }] : [],
);

function kindOf({ includeTop, classifierActivation }: ModelOptions): keyof typeof tolerances {
  if (includeTop === false) return 'features';
  return classifierActivation === null ? 'logits' : 'probabilities';
}

describe.runIf(await importTensorFlow())('on TensorFlow', () => {
  beforeAll(() => tf.setBackend('tensorflow'));
  afterEach(() => tf.disposeVariables());

  it.each(compared)('$title', async ({ model, options, headScale, output }) => {
    const made = await zooModel(model, { ...options, weights: new Blob() });
    fillByFormula(made.layers, headScale);
    const [, ...image] = made.inputs[0]?.shape as number[];
    const [batch = 0] = output.shape;
    const y = tf.tidy(
      () => made.predict(formulaTensor('inputs', [batch, ...image], [-1, 1])) as tf.Tensor,
    );
    expect(y.shape).toEqual(output.shape);
    const all = Array.from(await y.data());
    const [mean, largest] = output.summary;
    const errors = output.values.map((value, i) =>
      Math.abs((all[i * output.step] as number) - value),
    );
    const meanError = Math.abs(all.reduce((sum, value) => sum + value, 0) / all.length - mean);
    const kind = kindOf(options);
    const scale = kind === 'probabilities' ? 1 : largest;
    expect(Math.max(...errors, meanError) / scale).toBeLessThan(tolerances[kind]);
    y.dispose();
  });
});
