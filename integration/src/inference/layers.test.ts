// Every layer that has a form for prediction, in models of a few, run by each engine beside the model itself.

import '@tensorflow/tfjs-backend-cpu';
import { compileForInference } from '@graftjs/inference';
import { registerLayers } from '@graftjs/layers';
import { expectNoLeak, toBeCloseToTensor } from '@graftjs/test-utils';
import { fillByFormula, formulaTensor } from '@graftjs/test-utils/formula-weights';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { cases } from './cases/index.js';

expect.extend({ toBeCloseToTensor });

await tf.setBackend('cpu');
registerLayers();

const models = Object.entries(cases).map(([name, make]) => {
  const { model, inputs, isFilled = false } = make();
  if (!isFilled) fillByFormula(model.layers);
  const given =
    inputs ??
    model.inputs.map(({ shape, name }) =>
      formulaTensor(name, [3, ...shape.slice(1).map((length) => length ?? 8)], [-2, 2]),
    );
  return { name, model, inputs: [...given] };
});

describe.each(['onnxruntime', 'tfjs'] as const)('%s gives what the model gives', (engine) => {
  it.each(models)('$name', async ({ model, inputs }) => {
    const settings = engine === 'onnxruntime' ? { engine, threads: 1 } : { engine };
    const expected = [model.predict(inputs)].flat() as tf.Tensor[];
    const first = inputs.map((x) => tf.slice(x, 0, 1));
    await expectNoLeak(async () => {
      const predictor = await compileForInference(model, settings);
      for (const [batch, rows] of [
        [inputs, -1],
        [first, 1],
      ] as const) {
        const found = [await predictor.predict([...batch])].flat();
        expect(found.length).toBe(model.outputs.length);
        for (const [i, output] of expected.entries()) {
          const wanted = tf.slice(output, 0, rows);
          expect(found[i]).toBeCloseToTensor(wanted, 1e-5);
          wanted.dispose();
        }
        tf.dispose(found);
      }
      await predictor.dispose();
    });
  });
});
