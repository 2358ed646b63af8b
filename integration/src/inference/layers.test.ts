// Every layer that has a form for prediction, in models of a few, run by each engine beside the model itself.

import '@tensorflow/tfjs-backend-cpu';
import { compileForInference } from '@graftjs/inference';
import { registerLayers } from '@graftjs/layers';
import { toBeCloseToTensor } from '@graftjs/test-utils';
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
    const predictor = await compileForInference(model, { engine, ...(engine === 'onnxruntime' && { threads: 1 }) }); // prettier-ignore
    const [found, expected] = [await predictor.predict(inputs), model.predict(inputs)].map((each) => [each].flat()); // prettier-ignore
    expect(found?.length).toBe(model.outputs.length);
    for (const [i, output] of (expected as tf.Tensor[]).entries()) {
      expect(found?.[i]).toBeCloseToTensor(output, 1e-5);
    }
    await predictor.dispose();
  });
});
