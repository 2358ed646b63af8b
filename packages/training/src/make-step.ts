// Makes a model's training step, compiled where the backend can.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  eagerStep,
  GraftError,
  modelWeights,
  stepCompiler,
  type StepProgram,
  type TrainingStep,
} from '@graftjs/core';

/** @throws GraftError for a model without trainable weights */
export function makeStep(
  model: LayersModel,
  optimizer: tf.Optimizer,
  runEagerly: boolean,
  forward: StepProgram['forward'],
): TrainingStep {
  const weights = modelWeights(model);
  if (weights.trainable.length === 0) {
    throw new GraftError('model must have trainable weights; all of its layers are frozen');
  }
  const program: StepProgram = { ...weights, optimizer, forward };
  if (runEagerly) return eagerStep(program, 'runEagerly was asked for');
  const backend = tf.getBackend();
  const compiler = stepCompiler(backend);
  return compiler
    ? compiler(program)
    : eagerStep(program, `backend ${backend} has no registered step compiler`);
}
