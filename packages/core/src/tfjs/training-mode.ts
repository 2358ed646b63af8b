// Puts a model in the mode in which training runs it as Keras does, and takes it out again.

import { clone, keep, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { isModel, leafLayers, type Layer } from './layer-tree.js';
import { wrapMethod } from './wrap-method.js';

/** The values behind a final softmax or sigmoid: a cross-entropy computed from them neither saturates nor rounds. */
export interface Logits {
  readonly activation: 'softmax' | 'sigmoid';
  readonly values: Tensor;
}

/** What a model gave for a batch; `logits` where its last activation is a softmax or sigmoid. */
export interface ModelOutput {
  /** [batch, …] */
  readonly predictions: Tensor;
  readonly logits?: Logits | undefined;
}

export interface TrainingMode {
  /** Runs the model, in training or in inference, and hands its output to `use`; the logits live as long as that runs. */
  forward<T>(xs: Tensor, training: boolean, use: (output: ModelOutput) => T): T;
  /** Undoes every change to the model's layers. */
  leave(): void;
}

/**
 * Within this mode frozen BatchNormalization layers work in inference mode, with their moving statistics, and these do
 * not move. (tfjs-layers passes `training` to every layer, frozen or not.) `predict` is not affected.
 *
 * @param keepStatistics whether those that train do the same: dropout alone then works as in training
 */
export function enterTrainingMode(model: LayersModel, keepStatistics = false): TrainingMode {
  const undo = leafLayers(model)
    .filter(({ layer, trainable }) => (keepStatistics || !trainable) && isBatchNormalization(layer))
    .map(({ layer }) => alwaysInfer(layer));
  const watch = watchLogits(model);
  return {
    forward(xs, training, use) {
      watch.begin();
      try {
        const predictions = model.apply(xs, { training }) as Tensor;
        return use({ predictions, logits: watch.logitsOf(predictions) });
      } finally {
        watch.end();
      }
    },
    leave() {
      watch.stop();
      for (const restore of undo) restore();
    },
  };
}

function isBatchNormalization(layer: Layer): boolean {
  return layer.getClassName().endsWith('BatchNormalization');
}

function alwaysInfer(layer: Layer): () => void {
  return wrapMethod(
    layer,
    'call',
    (call) => (inputs, kwargs) => call(inputs, { ...kwargs, training: false }),
  );
}

interface Activation {
  getClassName(): string;
  apply(x: Tensor, axis?: number): Tensor;
}

interface WithActivation {
  activation?: Activation;
  softmax?: (x: Tensor, axis?: number) => Tensor;
}

interface LogitsWatch {
  begin(): void;
  /** What was seen to become these predictions; ends the noting. */
  logitsOf(predictions: Tensor): Logits | undefined;
  end(): void;
  stop(): void;
}

/** Notes what enters the last activation, and what leaves it, while the model runs between `begin` and `logitsOf`. */
function watchLogits(model: LayersModel): LogitsWatch {
  const layer = outputLayer(model) as unknown as WithActivation;
  let running = false;
  let seen: (Logits & { readonly output: Tensor['dataId'] }) | undefined;
  const forget = (): void => {
    seen?.values.dispose();
    seen = undefined;
  };
  const note =
    (activation: Logits['activation'], original: (x: Tensor, axis?: number) => Tensor) =>
    (x: Tensor, axis?: number): Tensor => {
      const output = original(x, axis);
      // Along any axis but the last, a cross-entropy would take the wrong classes.
      const last = axis === undefined || axis === -1 || axis === x.rank - 1;
      if (running && last) {
        forget();
        // The layers dispose their intermediate values; a clone outlives them.
        seen = { activation, values: keep(clone(x)), output: output.dataId };
      }
      return output;
    };
  const name = layer.activation?.getClassName();
  let stop = (): void => undefined;
  if (layer.activation && (name === 'softmax' || name === 'sigmoid')) {
    stop = wrapMethod(layer.activation, 'apply', (apply) => note(name, apply));
  } else if (layer.softmax) {
    stop = wrapMethod(layer as Required<WithActivation>, 'softmax', (apply) =>
      note('softmax', apply),
    );
  }
  return {
    begin: () => void (running = true),
    logitsOf({ dataId }) {
      running = false;
      // A layer may use its activation within; only an output given out unchanged is the predictions.
      return seen?.output === dataId ? seen : undefined;
    },
    end() {
      running = false;
      forget();
    },
    stop,
  };
}

function outputLayer(model: LayersModel): Layer {
  let layer = model.outputs[0]?.sourceLayer as Layer;
  while (isModel(layer)) layer = layer.outputs[0]?.sourceLayer as Layer;
  return layer;
}
