// The training loop. What one step computes stands in objective.ts; how it is run is the backend's affair.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  GraftError,
  invalidArgument,
  isRuleDriven,
  rateAt,
  type Callback,
  type Dataset,
  type Logs,
  type TrainingStep,
} from '@graftjs/core';
import { checkDataset } from './checks.js';
import type { ClassWeight } from './example-weights.js';
import { measureAll } from './evaluate.js';
import { givenOptimizer } from './given-optimizer.js';
import { record, type History } from './history.js';
import { makeStep } from './make-step.js';
import { enterObjective, type Objective, type ObjectiveOptions } from './objective.js';
import { pacer } from './pacer.js';
import { RunningTotals } from './running-totals.js';

export interface FitOptions extends ObjectiveOptions {
  /** Default: the optimizer that the model was compiled with. */
  optimizer?: tf.Optimizer;
  /** The epoch at which training ends: with an `initialEpoch` of 3 and 5 `epochs` there are two. */
  epochs: number;
  /** The epoch to start with, counted from 0, where a run goes on. Default: 0. */
  initialEpoch?: number;
  /** Measured after each epoch, as `val_…`. */
  validation?: Dataset;
  /**
   * By class index, the weight of an example's loss in training (and in `weightedMetrics`); a class not named has 1. The
   * class is the index in `ys` [batch] or [batch, 1], or the largest of `ys` [batch, classes].
   */
  classWeight?: ClassWeight;
  callbacks?: readonly Callback[];
  /** Stops between two batches, with the signal's reason; the model keeps what it has learned. */
  signal?: AbortSignal;
  /** Runs every step op by op, though the backend could compile it; for debugging. */
  runEagerly?: boolean;
}

/**
 * Trains a model as Keras does: frozen BatchNormalization layers work in inference mode, constraints hold after every
 * update, cross-entropies are computed from logits, and only layers that train are penalised. Values are summed on the
 * device and read once an epoch. Where the backend has a step compiler, the step runs as one call.
 *
 * Where batches have `sampleWeights`, the loss of each example is multiplied by its weight; as in Keras, the sum is divided
 * by the number of examples.
 *
 * @param data batches of `xs` [batch, …] and `ys`; each is disposed after its step
 * @throws GraftError for unusable options, a model without trainable weights, or batches that do not fit
 * @example
 * const history = await fit(model, train, {
 *   optimizer: new Adam(),
 *   loss: 'sparseCategoricalCrossentropy',
 *   metrics: ['accuracy'],
 *   epochs: 5,
 *   validation,
 * });
 */
export async function fit(
  model: LayersModel,
  data: Dataset,
  options: FitOptions,
): Promise<History> {
  const { epochs, initialEpoch = 0, callbacks = [], validation, signal } = options;
  if (!(Number.isInteger(epochs) && epochs > 0)) {
    throw invalidArgument('epochs', 'a positive integer', epochs);
  }
  if (!(Number.isInteger(initialEpoch) && initialEpoch >= 0 && initialEpoch <= epochs)) {
    throw invalidArgument('initialEpoch', `an integer from 0 to epochs, ${epochs}`, initialEpoch);
  }
  checkDataset('data', data);
  if (validation) checkDataset('validation', validation);
  const optimizer = givenOptimizer(model, options.optimizer);
  if (typeof optimizer.applyGradients !== 'function') {
    throw invalidArgument('optimizer', 'an optimizer such as new Adam()', optimizer);
  }
  const history: History = { logs: {}, engine: undefined };
  const objective = enterObjective(model, options, options.classWeight);
  let step: TrainingStep | undefined;
  try {
    step = makeStep(model, optimizer, options.runEagerly ?? false, (batch) =>
      objective.measure(batch, true),
    );
    const stop = new AbortController();
    await each(callbacks, (c) =>
      c.onTrainBegin?.({
        ...{ model, optimizer, epochs, batches: data.batches },
        stop: () => stop.abort(),
      }),
    );
    const { signal: stopped } = stop;
    for (let epoch = initialEpoch; epoch < epochs && !stopped.aborted; epoch++) {
      await each(callbacks, (c) => c.onEpochBegin?.(epoch));
      const context = { step, objective, epoch, callbacks, signal, stopped };
      const trained = await trainEpoch(data, context);
      step.synchronise();
      const validated = validation ? await measureAll(objective, validation, signal) : {};
      const logs: Logs = {
        ...trained,
        ...Object.fromEntries(Object.entries(validated).map(([name, v]) => [`val_${name}`, v])),
        ...currentRate(optimizer),
      };
      record(history, logs);
      history.engine = step.engine;
      await each(callbacks, (c) => c.onEpochEnd?.(epoch, logs));
    }
    // As Keras's fit does: with a moving average of the weights the model ends with that.
    if (isRuleDriven(optimizer)) optimizer.finalize();
    await each(callbacks, (c) => c.onTrainEnd?.());
    return history;
  } finally {
    try {
      step?.synchronise();
    } finally {
      step?.dispose();
      objective.leave();
    }
  }
}

interface EpochContext {
  step: TrainingStep;
  objective: Objective;
  epoch: number;
  callbacks: readonly Callback[];
  signal: AbortSignal | undefined;
  /** Aborted once a callback has asked for the end. */
  stopped: AbortSignal;
}

async function trainEpoch(
  data: Dataset,
  { step, objective, epoch, callbacks, signal, stopped }: EpochContext,
): Promise<Logs> {
  const running = new RunningTotals(objective);
  const pace = pacer(signal);
  const listeners = callbacks.filter((callback) => callback.onBatchEnd);
  const { batches } = data;
  let index = 0;
  try {
    for await (const batch of data) {
      try {
        objective.check(batch);
        running.add(step.run(batch), batch.xs.shape[0] as number);
      } finally {
        tf.dispose({ ...batch });
      }
      const end = { epoch, batch: index++, batches, readLogs: () => running.read() };
      if (listeners.length > 0) await each(listeners, (c) => c.onBatchEnd?.(end));
      if (stopped.aborted) break;
      await pace();
    }
    if (index === 0) throw new GraftError(`data gave no batch in epoch ${epoch + 1}`);
    return await running.read();
  } finally {
    running.dispose();
  }
}

function currentRate(optimizer: tf.Optimizer): Logs {
  if (!isRuleDriven(optimizer)) return {};
  // The rate of the last update made, not of the next.
  return { learning_rate: rateAt(optimizer.learningRate, Math.max(optimizer.iterations - 1, 0)) };
}

async function each(
  callbacks: readonly Callback[],
  call: (callback: Callback) => void | Promise<void>,
): Promise<void> {
  for (const callback of callbacks) await call(callback);
}
