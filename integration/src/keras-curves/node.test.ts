// Training equals Keras's step by step: BatchNormalization (trained and frozen), L2, max-norm, on every way a step runs.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '@graftjs/keras-format/node';
import { evaluate, fit } from '@graftjs/training';
import { waysOfSteps } from '../engines.js';
import { expectClose, expectOutcome, folder, problems } from './fixture.js';
import { batches, makeOptimizer, measuresOf, trainCase } from './problem.js';

describe.each(await waysOfSteps())('$way', ({ backend, runEagerly }) => {
  beforeAll(async () => void (await tf.setBackend(backend)));

  describe.each(problems)('$name', (problem) => {
    it.each(problem.cases)('$name: losses, weights, evaluation are those of Keras', async (c) => {
      const model = await loadModel(folder + problem.model);
      const { engine, ...outcome } = await trainCase(model, problem, c, { runEagerly });
      expect(engine?.name).toBe(runEagerly ? 'eager' : 'graph');
      expectOutcome(outcome, c);
    });

    it('the history of fit, with a smaller last batch and validation, is that of Keras', async () => {
      const model = await loadModel(folder + problem.model);
      const { examples, epochs, history, optimizer } = problem.fit;
      const measures = measuresOf(problem);
      const before = await evaluate(model, batches(problem, problem.evaluation), measures);
      expectClose('before', [before.loss as number], [problem.evaluation.before.loss]);
      const { logs } = await fit(model, batches(problem, problem.train, examples), {
        ...{ ...measures, epochs, runEagerly },
        optimizer: makeOptimizer(optimizer),
        validation: batches(problem, problem.evaluation),
      });
      for (const [name, values] of Object.entries(history)) {
        expectClose(name, logs[name] as number[], values);
      }
    });
  });
});
