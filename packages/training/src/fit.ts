// The training loop. What one step computes stands in objective.ts; how it is run is the backend's affair.

import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  disposeState,
  GraftError,
  invalidArgument,
  isResumable,
  isRuleDriven,
  rateAt,
  type Batch,
  type Callback,
  type Dataset,
  type Logs,
  type State,
} from '@graftjs/core';
import { checkDataset } from './checks.js';
import type { ClassWeight } from './example-weights.js';
import { measureAll } from './evaluate.js';
import { fitEpoch } from './fit-epoch.js';
import { givenOptimizer } from './given-optimizer.js';
import { record, type History } from './history.js';
import { makePass } from './make-pass.js';
import { makeStep, type ModelStep } from './make-step.js';
import { enterObjective, type ObjectiveOptions } from './objective.js';
import type { PauseController } from './pause-controller.js';
import { checkRunState, restoreRun, saveRun, type RunState } from './run-state.js';
import { RunningTotals } from './running-totals.js';
import type { OutOfMemory } from './split-step.js';
import { tellAll } from './tell-all.js';

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
  /**
   * An integer from which follows what dropout and noise draw, in layers that have no seed of their own (those of pretrained
   * networks seldom do). Default: another one in each run.
   */
  seed?: number;
  /** Stops between two batches, with the signal's reason; the model keeps what it has learned. */
  signal?: AbortSignal;
  /** Makes training wait between two batches, and go on. */
  pause?: PauseController;
  /**
   * Told where memory runs out; where it is given, training then goes on: what is computed at a time is halved, down to one
   * example, and the gradients of the parts make the same update of the whole batch. But for BatchNormalization, which sees
   * the statistics of each part, and for masked outputs, of which each part has its own number. Such batches run op by op.
   * The optimizer must be one of `@graftjs/optimizers`. Default: it is an error. Nothing can be done where the backend does not
   * outlive it: wasm's, and some operations of TensorFlow on the processor.
   */
  onOutOfMemory?: (event: OutOfMemory) => void;
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
  const { epochs, initialEpoch = 0, callbacks = [], validation, signal, pause } = options;
  const { runEagerly = false, seed, onOutOfMemory } = options;
  if (!(Number.isInteger(epochs) && epochs > 0)) {
    throw invalidArgument('epochs', 'a positive integer', epochs);
  }
  if (!(Number.isInteger(initialEpoch) && initialEpoch >= 0 && initialEpoch <= epochs)) {
    throw invalidArgument('initialEpoch', `an integer from 0 to epochs, ${epochs}`, initialEpoch);
  }
  if (seed !== undefined && !Number.isSafeInteger(seed)) {
    throw invalidArgument('seed', 'an integer', seed);
  }
  checkDataset('data', data);
  if (validation) checkDataset('validation', validation);
  const optimizer = givenOptimizer(model, options.optimizer);
  if (typeof optimizer.applyGradients !== 'function') {
    throw invalidArgument('optimizer', 'an optimizer such as new Adam()', optimizer);
  }
  if (onOutOfMemory && !isRuleDriven(optimizer)) {
    throw new GraftError('optimizer must be one of @graftjs/optimizers for onOutOfMemory');
  }
  const history: History = { logs: {}, engine: undefined };
  const objective = enterObjective(model, options, options.classWeight);
  const running = new RunningTotals(objective);
  let step: ModelStep | undefined;
  const pass =
    validation && !runEagerly
      ? makePass(model, (epochs - initialEpoch) * validation.batches)
      : undefined;
  let given: State | undefined;
  try {
    const forward = (batch: Batch) => objective.measure(batch, true);
    step = makeStep(model, optimizer, forward, { runEagerly, seed, onOutOfMemory });
    const stop = new AbortController();
    const { signal: stopped } = stop;
    const parts = { model, optimizer, step, data, validation, callbacks, history };
    const position = { epoch: initialEpoch, batch: 0 };
    const stateOfData = () => (isResumable(data) ? data.saveState() : null);
    let ofEpoch = await stateOfData();
    const settle = () => tellAll(callbacks, (c) => c.onSettled?.({ ...position }));
    await tellAll(callbacks, (c) =>
      c.onTrainBegin?.({
        ...{ model, optimizer, epochs, batches: data.batches },
        stop: () => stop.abort(),
        saveState() {
          const { aborted } = stopped;
          const place = { ...position, totals: running.save(), data: ofEpoch, stopped: aborted };
          return saveRun(parts, place);
        },
        restoreState: (state) => void (given = state),
      }),
    );
    let saved = given === undefined ? undefined : checkRunState(parts, given);
    const goOn = async (state: RunState) => {
      await restoreRun(parts, state);
      running.restore(state.totals);
      if (state.stopped) stop.abort();
      ofEpoch = state.data;
      // What it holds is as large as the model and its slots.
      disposeState(given);
      saved = given = undefined;
    };
    if (saved) Object.assign(position, { epoch: saved.epoch, batch: saved.batch });
    if (saved?.batch === 0) await goOn(saved);
    else if (!saved) await settle();
    while (position.epoch < epochs && !stopped.aborted) {
      const { epoch } = position;
      await tellAll(callbacks, (c) => c.onEpochBegin?.(epoch));
      // Within an epoch the state has seen its begin.
      if (saved) await goOn(saved);
      const context = { data, step, objective, callbacks, stopped, signal, pause, running };
      const trained = await fitEpoch(context, position);
      running.dispose();
      step.synchronise();
      const validated = validation ? await measureAll(objective, validation, signal, pass) : {};
      const logs: Logs = {
        ...trained,
        ...Object.fromEntries(Object.entries(validated).map(([name, v]) => [`val_${name}`, v])),
        ...currentRate(optimizer),
      };
      record(history, logs);
      history.engine = step.engine;
      Object.assign(position, { epoch: epoch + 1, batch: 0 });
      ofEpoch = await stateOfData();
      await tellAll(callbacks, (c) => c.onEpochEnd?.(epoch, logs));
      await settle();
    }
    // As Keras's fit does: with a moving average of the weights the model ends with that.
    if (isRuleDriven(optimizer)) optimizer.finalize();
    await tellAll(callbacks, (c) => c.onTrainEnd?.());
    return history;
  } finally {
    disposeState(given);
    running.dispose();
    try {
      step?.synchronise();
    } finally {
      step?.dispose();
      pass?.dispose();
      objective.leave();
    }
  }
}

function currentRate(optimizer: tf.Optimizer): Logs {
  if (!isRuleDriven(optimizer)) return {};
  // The rate of the last update made, not of the next.
  return { learning_rate: rateAt(optimizer.learningRate, Math.max(optimizer.iterations - 1, 0)) };
}
