// What a predictor's calls take and give, whichever engine runs them.

import { GraftError, invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { isEmptyBatch, ofNothing } from './empty-batch.js';
import type { Engine } from './engine.js';
import type { Predictor } from './predictor.js';

interface Expected {
  readonly name: string;
  readonly shape: readonly (number | null)[];
}

export function makePredictor(
  model: LayersModel,
  engine: Predictor['engine'],
  { run, dispose }: Engine,
): Predictor {
  const expected = model.inputs.map(({ name, shape }): Expected => ({ name, shape: [...shape] }));
  const given = model.outputs.map(({ shape }) => [...shape]);
  const running = new Set<Promise<unknown>>();
  let disposal: Promise<void> | undefined;
  async function predict(x: tf.Tensor): Promise<tf.Tensor>;
  async function predict(x: tf.Tensor | tf.Tensor[]): Promise<tf.Tensor | tf.Tensor[]>;
  async function predict(x: tf.Tensor | tf.Tensor[]): Promise<tf.Tensor | tf.Tensor[]> {
    if (disposal) throw new GraftError('the predictor was disposed of');
    const inputs = Array.isArray(x) ? x : [x];
    checkInputs(expected, inputs, x);
    if (isEmptyBatch(inputs)) return listOrOne(ofNothing(given));
    const prediction = run(inputs);
    running.add(prediction);
    try {
      return listOrOne(await prediction);
    } finally {
      running.delete(prediction);
    }
  }
  return {
    engine,
    predict,
    dispose: () => (disposal ??= Promise.allSettled(running).then(dispose)),
  };
}

function listOrOne(outputs: tf.Tensor[]): tf.Tensor | tf.Tensor[] {
  return outputs.length === 1 ? (outputs[0] as tf.Tensor) : outputs;
}

function checkInputs(expected: readonly Expected[], inputs: readonly tf.Tensor[], x: unknown) {
  if (!inputs.every((each) => each instanceof tf.Tensor)) {
    throw invalidArgument('x', 'a tensor, or a list of them', x);
  }
  if (inputs.length !== expected.length) {
    throw invalidArgument('x', `${expected.length} tensors`, inputs.length);
  }
  for (const [i, { name, shape }] of expected.entries()) {
    const given = inputs[i] as tf.Tensor;
    const argument = `x, for ${name},`;
    const fits = given.rank === shape.length && shape.every((length, axis) => length === null || length === given.shape[axis]); // prettier-ignore
    if (!fits) throw invalidArgument(argument, `of shape [${shape.map((length) => length ?? 'any').join(', ')}]`, given.shape); // prettier-ignore
    if (given.dtype === 'string' || given.dtype === 'complex64') throw invalidArgument(argument, 'of numbers', given.dtype); // prettier-ignore
    if (given.shape.slice(1).includes(0)) throw invalidArgument(argument, 'of lengths above 0', given.shape); // prettier-ignore
    if (given.isDisposed) throw new GraftError(`${argument} was disposed of`);
  }
}
