// Puts a model in the mode in which training runs it as Keras does, and takes it out again.

import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { isModel, leafLayers, type Layer } from './layer-tree.js';

/** The values behind a final softmax or sigmoid: a cross-entropy computed from them neither saturates nor rounds. */
export interface Logits {
  readonly activation: 'softmax' | 'sigmoid';
  readonly values: Tensor;
}

export interface TrainingMode {
  /** Runs the model, in training or in inference; `logits` where its last activation is a softmax or sigmoid. */
  forward(xs: Tensor, training: boolean): { predictions: Tensor; logits: Logits | undefined };
  /** Undoes every change to the model's layers. */
  leave(): void;
}

/**
 * Within this mode frozen BatchNormalization layers work in inference mode, with their moving statistics, and these do
 * not move. (tfjs-layers passes `training` to every layer, frozen or not.) `predict` is not affected.
 */
export function enterTrainingMode(model: LayersModel): TrainingMode {
  const undo = leafLayers(model)
    .filter(({ layer, trainable }) => !trainable && isBatchNormalization(layer))
    .map(({ layer }) => alwaysInfer(layer));
  const watch = watchLogits(model);
  return {
    forward(xs, training) {
      watch?.clear();
      const predictions = model.apply(xs, { training }) as Tensor;
      return { predictions, logits: watch?.read() };
    },
    leave() {
      watch?.stop();
      for (const restore of undo) restore();
    },
  };
}

function isBatchNormalization(layer: Layer): boolean {
  return layer.getClassName().endsWith('BatchNormalization');
}

function alwaysInfer(layer: Layer): () => void {
  return replace(
    layer,
    'call',
    (call) => (inputs, kwargs) => call(inputs, { ...kwargs, training: false }),
  );
}

/** Replaces a method on one object only, and gives back the way to undo it. */
function replace<T extends object, K extends keyof T>(
  object: T,
  key: K,
  wrap: (original: T[K]) => T[K],
): () => void {
  const own = Object.getOwnPropertyDescriptor(object, key);
  const original = object[key];
  const bound = typeof original === 'function' ? (original.bind(object) as T[K]) : original;
  Object.defineProperty(object, key, { value: wrap(bound), configurable: true, writable: true });
  return () => {
    if (own) Object.defineProperty(object, key, own);
    else delete object[key];
  };
}

interface Activation {
  getClassName(): string;
  apply(x: Tensor, axis?: number): Tensor;
}

interface WithActivation {
  activation?: Activation;
  softmax?: (x: Tensor, axis?: number) => Tensor;
}

/** Notes what enters the last activation while the model runs; undefined where that is no softmax or sigmoid. */
function watchLogits(model: LayersModel) {
  const layer = outputLayer(model) as unknown as WithActivation;
  let seen: Logits | undefined;
  const note =
    (activation: Logits['activation'], original: (x: Tensor, axis?: number) => Tensor) =>
    (x: Tensor, axis?: number): Tensor => {
      // Along any axis but the last, the cross-entropies below would take the wrong classes.
      const last = axis === undefined || axis === -1 || axis === x.rank - 1;
      if (last) seen = { activation, values: x };
      return original(x, axis);
    };
  const name = layer.activation?.getClassName();
  let stop: () => void;
  if (layer.activation && (name === 'softmax' || name === 'sigmoid')) {
    stop = replace(layer.activation, 'apply', (apply) => note(name, apply));
  } else if (layer.softmax) {
    const { softmax } = layer;
    stop = replace(layer as { softmax: typeof softmax }, 'softmax', (apply) =>
      note('softmax', apply),
    );
  } else return undefined;
  return {
    clear: () => {
      seen = undefined;
    },
    read: () => seen,
    stop,
  };
}

function outputLayer(model: LayersModel): Layer {
  let layer = model.outputs[0]?.sourceLayer as Layer;
  while (isModel(layer)) layer = layer.outputs[0]?.sourceLayer as Layer;
  return layer;
}
