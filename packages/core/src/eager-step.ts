// A training step run op by op, on any backend. A compiled step uses its two halves as well.

import * as tf from '@tensorflow/tfjs-core';
import type { Batch } from './dataset.js';
import { GraftError } from './errors.js';
import type { StepLoss, StepProgram, TrainingStep } from './training-step.js';

/** Totals and gradients of one batch; a gradient is missing where the loss does not depend on the variable. */
export interface StepGradients {
  readonly totals: tf.Tensor1D;
  readonly gradients: ReadonlyArray<tf.Tensor | undefined>;
}

/** Forward and backward pass. Everything returned is the caller's to dispose. */
export function computeGradients(program: StepProgram, batch: Batch): StepGradients {
  let totals: tf.Tensor1D | undefined;
  try {
    // tfjs leaves the loss behind where it finds no gradient.
    const gradients = tf.tidy(() => {
      const { grads } = tf.variableGrads(() => {
        const forward: StepLoss = program.forward(batch);
        totals = tf.keep(forward.totals);
        return forward.loss;
      }, [...program.trainable]);
      return program.trainable.map(({ name }) => grads[name]) as tf.Tensor[];
    });
    if (totals === undefined) throw new GraftError('the forward pass gave no totals');
    return { totals, gradients };
  } catch (error) {
    totals?.dispose();
    forgetTape();
    throw error;
  }
}

/** Frees what a backward pass would have needed; tfjs does so only at its end, which a failing step does not reach. */
function forgetTape(): void {
  const { state } = tf.engine();
  for (const { saved } of state.activeTape ?? []) tf.dispose(saved ?? []);
  state.activeTape = [];
}

/** Update and constraints. */
export function applyGradients(program: StepProgram, gradients: StepGradients['gradients']): void {
  const named = program.trainable.flatMap((variable, i) => {
    const tensor = gradients[i];
    return tensor ? [{ name: variable.name, tensor }] : [];
  });
  program.optimizer.applyGradients(named);
  for (const { variable, apply } of program.constraints) {
    tf.tidy(() => variable.assign(apply(variable)));
  }
}

/** The step that needs nothing of a backend but its kernels. */
export function eagerStep(program: StepProgram, reason: string): TrainingStep {
  return {
    engine: { name: 'eager', reason },
    run(batch) {
      const { totals, gradients } = computeGradients(program, batch);
      try {
        applyGradients(program, gradients);
      } catch (error) {
        totals.dispose();
        throw error;
      } finally {
        tf.dispose(gradients.filter((gradient) => gradient !== undefined));
      }
      return totals;
    },
    synchronise() {},
    dispose() {},
  };
}
