// Every model of the zoo takes a training step as Keras does: on TensorFlow, and slim ones where all is composed.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import { modelNames } from '@graftjs/model-zoo';
import { importTensorFlow } from '@graftjs/test-utils';
import { expectSameStep, kerasSteps, slimSteps } from './fixture.js';
import { takeStep } from './training-step.js';

// Of TensorFlow's kernels those that the fixture was made with: oneDNN's round otherwise on every kind of CPU.
process.env.TF_ENABLE_ONEDNN_OPTS = '0';

afterEach(() => tf.disposeVariables());

it('has a step of every model', () => {
  expect(kerasSteps.map(({ model }) => model).sort()).toEqual(modelNames);
});

describe.runIf(await importTensorFlow())('on TensorFlow', () => {
  beforeAll(async () => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
  });

  it.each(kerasSteps)(
    '$model',
    async (step) => expectSameStep(await takeStep(step), step),
    120_000,
  );
});

describe('on cpu', () => {
  beforeAll(() => tf.setBackend('cpu'));

  it.each(slimSteps)('$model', async (step) => expectSameStep(await takeStep(step), step), 120_000);
});
