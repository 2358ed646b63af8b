// Makes a model's training step, compiled where the backend can.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  eagerStep,
  enterBackendDropout,
  GraftError,
  modelWeights,
  stepCompiler,
  type Resumable,
  type StepProgram,
  type TrainingStep,
} from '@graftjs/core';
import { splitStep, type OutOfMemory } from './split-step.js';

/** A step, and what its dropout draws from where the model has such layers. */
export interface ModelStep extends TrainingStep {
  readonly dropout?: Resumable;
}

export interface StepSettings {
  readonly runEagerly?: boolean;
  /** What layers with dropout draw by, that have no seed of their own. */
  readonly seed?: number | undefined;
  readonly onOutOfMemory?: ((event: OutOfMemory) => void) | undefined;
}

/** @throws GraftError for a model without trainable weights */
export function makeStep(
  model: LayersModel,
  optimizer: tf.Optimizer,
  forward: StepProgram['forward'],
  { runEagerly = false, seed, onOutOfMemory }: StepSettings = {},
): ModelStep {
  const weights = modelWeights(model);
  if (weights.trainable.length === 0) {
    throw new GraftError('model must have trainable weights; all of its layers are frozen');
  }
  const dropout = enterBackendDropout(model, seed);
  const make = (program: StepProgram): TrainingStep => {
    const step = compile(program, runEagerly);
    return onOutOfMemory ? splitStep(step, program, onOutOfMemory) : step;
  };
  if (!dropout) return make({ ...weights, optimizer, forward });
  const program: StepProgram = {
    ...weights,
    optimizer,
    states: [...weights.states, dropout.step],
    forward(batch) {
      dropout.advance();
      return forward(batch);
    },
  };
  const step = make(program);
  return {
    get engine() {
      return step.engine;
    },
    dropout,
    run: (batch) => step.run(batch),
    synchronise: () => step.synchronise(),
    dispose() {
      step.dispose();
      dropout.leave();
    },
  };
}

function compile(program: StepProgram, runEagerly: boolean): TrainingStep {
  if (runEagerly) return eagerStep(program, 'runEagerly was asked for');
  const backend = tf.getBackend();
  const compiler = stepCompiler(backend);
  return compiler
    ? compiler(program)
    : eagerStep(program, `backend ${backend} has no registered step compiler`);
}
