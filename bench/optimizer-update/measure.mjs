// One update of all variables of a network by each optimizer, stock beside Graft's in turn; runs in Node and in a page.

import * as tf from '@tensorflow/tfjs-core';
import { Adam, Adamax, SGD } from '@graftjs/optimizers';

const optimizers = {
  sgd: { stock: () => tf.train.sgd(1e-3), graft: () => new SGD({ learningRate: 1e-3 }) },
  momentum: {
    stock: () => tf.train.momentum(1e-3, 0.9),
    graft: () => new SGD({ learningRate: 1e-3, momentum: 0.9 }),
  },
  adamax: { stock: () => tf.train.adamax(1e-3), graft: () => new Adamax({ learningRate: 1e-3 }) },
  adam: { stock: () => tf.train.adam(1e-3), graft: () => new Adam({ learningRate: 1e-3 }) },
};

export const names = Object.keys(optimizers);

/** Rounds that are not counted: slots are made, and code is compiled. */
const WARM_UP = 5;

/**
 * Milliseconds of each update, by side.
 *
 * @param graftUpdater makes the function that updates Graft's side once; default: as stock's, by `applyGradients`
 */
export async function measure(name, shapes, rounds, graftUpdater = byGradients) {
  const gradients = shapes.map((shape) => tf.randomNormal(shape));
  const sides = Object.entries(optimizers[name]).map(([side, make]) => {
    const optimizer = make();
    const variables = shapes.map((shape) => tf.variable(tf.randomNormal(shape)));
    const updater = side === 'graft' ? graftUpdater : byGradients;
    const update = updater(optimizer, variables, gradients);
    return { side, optimizer, variables, update, milliseconds: [] };
  });
  for (let round = 0; round < rounds + WARM_UP; round++) {
    for (const { update, milliseconds } of sides) {
      const started = performance.now();
      await update();
      if (round >= WARM_UP) milliseconds.push(performance.now() - started);
    }
  }
  tf.dispose(gradients);
  for (const { optimizer, variables } of sides) {
    optimizer.dispose();
    tf.dispose(variables);
  }
  return Object.fromEntries(sides.map(({ side, milliseconds }) => [side, milliseconds]));
}

function byGradients(optimizer, variables, gradients) {
  return async () => {
    optimizer.applyGradients(variables.map(({ name }, i) => ({ name, tensor: gradients[i] })));
    await finish(variables);
  };
}

/** Waits until the device has done its work: the last variable's first value depends on all that was sent before. */
async function finish(variables) {
  const last = tf.tidy(() => tf.slice(tf.reshape(variables.at(-1), [-1]), [0], [1]));
  // On WebGL `data` asks every few milliseconds; on WebGPU there is no other way.
  if (tf.getBackend() === 'webgpu') await last.data();
  else last.dataSync();
  last.dispose();
}
