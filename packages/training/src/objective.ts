// What a run measures: a loss and metrics of a model on a batch, with the model's penalties.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { enterTrainingMode, penaltyOf, type Batch, type Logs, type StepLoss } from '@graftjs/core';
import { checkBatch, checkModel } from './checks.js';
import { classWeights, givenWeights, weigh, type ClassWeight } from './example-weights.js';
import { resolveLoss, type Loss, type LossName } from './loss.js';
import { masked, maskFor } from './masked.js';
import { checkNames, resolveMetric, type MetricLike } from './metric.js';

export interface ObjectiveOptions {
  /** Default: the loss that the model was compiled with. */
  loss?: LossName | Loss;
  /** Metrics for which all examples count alike. Default: none. */
  metrics?: readonly MetricLike[];
  /** Metrics for which examples count by their weights, as they do for the loss. Default: none. */
  weightedMetrics?: readonly MetricLike[];
}

export interface Objective {
  /** @throws GraftError for what is no batch of examples for the model */
  check(batch: Batch): void;
  measure(batch: Batch, training: boolean): StepLoss;
  /** The loss and the metrics by name, from totals summed over batches. */
  summarise(totals: ArrayLike<number>, examples: number): Logs;
  /** Gives the model back as it was. */
  leave(): void;
}

/**
 * Puts the model into training mode until `leave` is called. The totals of a batch are its loss times its number of
 * examples, as Keras means over batches, then the sums of each metric.
 *
 * @param classWeight weights of examples in training, by their class
 */
export function enterObjective(
  model: LayersModel,
  options: ObjectiveOptions,
  classWeight?: ClassWeight,
): Objective {
  checkModel(model);
  const loss = options.loss === undefined ? compiledLoss(model) : resolveLoss(options.loss);
  const plain = (options.metrics ?? []).map(resolveMetric);
  const weighted = (options.weightedMetrics ?? []).map(resolveMetric);
  const metrics = [...plain, ...weighted];
  checkNames(metrics);
  const trainingWeights = classWeight ? classWeights(classWeight) : givenWeights;
  const penalty = penaltyOf(model);
  const mode = enterTrainingMode(model);
  return {
    check: (batch) => checkBatch(model, batch),
    measure(batch, training) {
      const { xs, ys } = batch;
      const weights = (training ? trainingWeights : givenWeights)(batch);
      return mode.forward(xs, training, (output) => {
        const { predictions } = output;
        const values = loss(ys, output);
        const counted = masked(values, maskFor(predictions, values, 'loss'));
        // As in Keras, weights do not change what the sum is divided by; masks do.
        const data = tf.mean(weigh(counted, weights));
        const value = (penalty ? tf.add(data, penalty()) : data) as tf.Scalar;
        const sums = [
          tf.reshape(tf.mul(value, xs.shape[0] as number), [1]),
          ...plain.map((metric) => metric.sums(ys, predictions)),
          ...weighted.map((metric) => metric.sums(ys, predictions, weights)),
        ];
        return { loss: value, totals: tf.concat(sums) as tf.Tensor1D };
      });
    },
    summarise(totals, examples) {
      const [loss = NaN, ...sums] = Array.from(totals);
      const values = metrics.map((metric) => metric.result(sums.splice(0, metric.size)));
      const named = metrics.map(({ name }, i) => [name, values[i] as number] as const);
      return { loss: loss / examples, ...Object.fromEntries(named) };
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
