// What a run measures: a loss and metrics of a model on a batch, with the model's penalties.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { enterTrainingMode, penalty, type Batch, type StepLoss } from '@graftjs/core';
import { checkInput, checkModel } from './checks.js';
import { resolveLoss, type Loss, type LossName } from './loss.js';
import { resolveMetrics, type Metric, type MetricName } from './metric.js';

export interface ObjectiveOptions {
  /** Default: the loss that the model was compiled with. */
  loss?: LossName | Loss;
  /** Default: none. */
  metrics?: readonly (MetricName | Metric)[];
}

export interface Objective {
  /** `loss`, then the metrics: what the entries of `totals` are. */
  readonly names: readonly string[];
  measure(batch: Batch, training: boolean): StepLoss;
  /** Gives the model back as it was. */
  leave(): void;
}

/** Puts the model into training mode until `leave` is called. */
export function enterObjective(model: LayersModel, options: ObjectiveOptions): Objective {
  checkModel(model);
  const loss = options.loss === undefined ? compiledLoss(model) : resolveLoss(options.loss);
  const metrics = resolveMetrics(options.metrics ?? []);
  const mode = enterTrainingMode(model);
  return {
    names: ['loss', ...metrics.map(([name]) => name)],
    measure({ xs, ys }, training) {
      checkInput(model, xs);
      return mode.forward(xs, training, (output) => {
        const data = tf.mean(loss(ys, output));
        const extra = penalty(model);
        const value = (extra ? tf.add(data, extra) : data) as tf.Scalar;
        const { predictions } = output;
        const means = [value, ...metrics.map(([, metric]) => tf.mean(metric(ys, predictions)))];
        const count = xs.shape[0] as number;
        return { loss: value, totals: tf.mul(tf.stack(means), count) as tf.Tensor1D };
      });
    },
    leave: () => mode.leave(),
  };
}

/** A function given to `model.compile` takes predictions, as tfjs defines it. */
function compiledLoss(model: LayersModel): Loss {
  const { loss } = model as { loss?: unknown };
  if (typeof loss !== 'function') return resolveLoss(loss);
  const compiled = loss as (yTrue: tf.Tensor, predictions: tf.Tensor) => tf.Tensor;
  return (yTrue, { predictions }) => compiled(yTrue, predictions);
}
