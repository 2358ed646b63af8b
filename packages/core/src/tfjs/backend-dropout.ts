// Dropout and noise that follow from a seed and the number of the step, drawn in the backend where that can: a step with it
// can be compiled, and a run taken up again. By itself tfjs draws on the host, without a seed as it comes, with one always the same.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Resumable } from '../resumable.js';
import { leafLayers } from './layer-tree.js';
import { type DrawUniform, noisyLayer } from './noise.js';
import { wrapMethod } from './wrap-method.js';

/**
 * A kernel that a backend may have: uniform random numbers ≥ 0 and < 1 as a function of a key alone. It takes `key`
 * [2] int32 and the attribute `shape`, and gives float32 of that shape.
 */
export const KEYED_UNIFORM = 'KeyedUniform';

interface BackendDropout extends Resumable {
  /** The number of the step: what masks depend on besides seeds. It belongs to the states of a step. */
  readonly step: tf.Variable;
  /** Called before each run of the model in training: masks change from one to the next. */
  advance(): void;
  leave(): void;
}

/**
 * Lets the dropout and noise layers of a model draw by seed and step, in the backend where it has {@link KEYED_UNIFORM}. A
 * layer that was given a seed has the same masks in each run; the others have one by their place in the model and `seed`.
 *
 * @param seed an integer; default: one that is drawn here
 * @returns undefined where the model has no such layer
 */
export function enterBackendDropout(
  model: LayersModel,
  seed = Math.floor(Math.random() * 2 ** 31),
): BackendDropout | undefined {
  const hasKernel = tf.getKernel(KEYED_UNIFORM, tf.getBackend()) !== undefined;
  const found = leafLayers(model).map(({ layer }) => layer);
  const noisy = [...new Set(found)].flatMap((layer) => {
    const noise = noisyLayer(layer);
    return noise ? [{ layer, noise }] : [];
  });
  if (noisy.length === 0) return undefined;
  // A float: an int32 variable is not at home on every device.
  const step = tf.tidy(() => tf.variable(tf.scalar(0), false));
  // The same number where the host has to know it.
  let steps = 0;
  let calls = 0;
  const seeds = noisy.map(({ noise }, i) => noise.seed ?? mixed(seed, i));
  const drawBy = (number: number, shape: number[]): tf.Tensor => {
    if (!hasKernel) return tf.randomUniform(shape, 0, 1, 'float32', `${number}/${steps}`);
    const key = tf.stack([tf.scalar(number, 'int32'), tf.cast(step, 'int32')]);
    return tf.engine().runKernel(KEYED_UNIFORM, { key }, { shape });
  };
  const undo = noisy.map(({ layer, noise }, i) =>
    wrapMethod(layer as Callable, 'call', (call) => (inputs, options) => {
      if (options.training !== true) return call(inputs, options);
      const draw: DrawUniform = (shape) => drawBy(mixed(seeds[i] as number, calls++), shape);
      return tf.tidy(() => {
        const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;
        return noise.withNoise(x, draw);
      });
    }),
  );
  return {
    step,
    advance() {
      calls = 0;
      steps += 1;
      tf.tidy(() => step.assign(tf.add(step, 1)));
    },
    async saveState() {
      return { step: (await step.data())[0] as number, seeds: [...seeds] };
    },
    restoreState(state) {
      const saved = state as unknown as { step: number; seeds: number[] };
      seeds.splice(0, seeds.length, ...saved.seeds);
      steps = saved.step;
      tf.tidy(() => step.assign(tf.scalar(steps)));
    },
    leave() {
      for (const restore of undo) restore();
      step.dispose();
    },
  };
}

interface Callable {
  call(inputs: tf.Tensor | tf.Tensor[], options: { training?: boolean }): tf.Tensor | tf.Tensor[];
}

/** Layers with the same seed, and draws of the same layer, have numbers of their own. */
function mixed(seed: number, call: number): number {
  return (Math.imul(seed, 0x9e3779b1) + Math.imul(call, 0x85ebca6b)) | 0;
}
