// Models that Keras saved are copied, as transfer learning begins.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { modelFromH5 } from '@graftjs/keras-format';
import { cloneModel } from '@graftjs/transfer';

const folder = new URL('../../reference/fixtures/h5-models/', import.meta.url);

it.each(['mlp', 'cnn', 'nested'])('%s', async (name) => {
  const model = await modelFromH5(readFileSync(new URL(`${name}.h5`, folder)));
  const copy = cloneModel(model);
  const xs = model.inputs.map(({ shape: [, ...shape] }) =>
    tf.randomNormal([2, ...(shape as number[])]),
  );
  const [ours, theirs] = [copy, model].map((each) =>
    [each.predict(xs)].flat().map((output) => [...output.dataSync()]),
  );
  expect(ours).toEqual(theirs);
});
