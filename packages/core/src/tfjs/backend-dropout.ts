// Dropout whose numbers come from the backend, so that a step with it can be compiled: by itself tfjs draws them on the host.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { leafLayers, type Layer } from './layer-tree.js';
import { wrapMethod } from './wrap-method.js';

/**
 * A kernel that a backend may have: uniform random numbers ≥ 0 and < 1 as a function of a key alone. It takes `key`
 * [2] int32 and the attribute `shape`, and gives float32 of that shape.
 */
export const KEYED_UNIFORM = 'KeyedUniform';

/** What tfjs-layers' Dropout has and its kin here have: with these, a layer is a dropout. */
interface DropoutLayer extends Layer {
  readonly rate: number;
  readonly seed?: number | null;
  /** The shape of a mask for x; nothing where it is that of x. */
  getNoiseShape(x: tf.Tensor): number[] | null | undefined;
}

interface BackendDropout {
  /** The number of the step: what masks depend on besides seeds. It belongs to the states of a step. */
  readonly step: tf.Variable;
  /** Called before each run of the model in training: masks change from one to the next. */
  advance(): void;
  leave(): void;
}

/**
 * Lets the dropout layers of a model draw in the backend. A layer that was given a seed has the same masks in each run.
 *
 * @returns undefined where the backend has no {@link KEYED_UNIFORM}, or the model no such layer
 */
export function enterBackendDropout(model: LayersModel): BackendDropout | undefined {
  if (!tf.getKernel(KEYED_UNIFORM, tf.getBackend())) return undefined;
  const found = leafLayers(model).map(({ layer }) => layer);
  const dropouts = [...new Set(found)].filter(isDropout);
  if (dropouts.length === 0) return undefined;
  // A float: an int32 variable is not at home on every device.
  const step = tf.tidy(() => tf.variable(tf.scalar(0), false));
  let calls = 0;
  const undo = dropouts.map((layer) => {
    const seed = layer.seed ?? Math.floor(Math.random() * 2 ** 31);
    return wrapMethod(layer as Callable, 'call', (call) => (inputs, options) => {
      const drops = options.training === true && layer.rate > 0 && layer.rate < 1;
      if (!drops) return call(inputs, options);
      const number = mixed(seed, calls++);
      return tf.tidy(() => {
        const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;
        const key = tf.stack([tf.scalar(number, 'int32'), tf.cast(step, 'int32')]);
        const shape = layer.getNoiseShape(x) ?? x.shape;
        const uniform: tf.Tensor = tf.engine().runKernel(KEYED_UNIFORM, { key }, { shape });
        const kept = tf.cast(tf.greaterEqual(uniform, layer.rate), 'float32');
        return tf.mul(x, tf.div(kept, 1 - layer.rate));
      });
    });
  });
  return {
    step,
    advance() {
      calls = 0;
      tf.tidy(() => step.assign(tf.add(step, 1)));
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

function isDropout(layer: Layer): layer is DropoutLayer {
  return 'getNoiseShape' in layer && 'rate' in layer && typeof layer.rate === 'number';
}

/** Layers with the same seed, and calls of the same layer, have masks of their own. */
function mixed(seed: number, call: number): number {
  return (Math.imul(seed, 0x9e3779b1) + Math.imul(call, 0x85ebca6b)) | 0;
}
