// A training step run op by op, on any backend. A compiled step uses its two halves as well.

import * as tf from '@tensorflow/tfjs-core';
import type { Batch } from './dataset.js';
import { GraftError } from './errors.js';
import { freeWhileGoingBack } from './tfjs/lean-backward.js';
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
      // tfjs would leave out what was frozen meanwhile; a run trains what its program says.
      const { grads } = whileTrainable(program.trainable, () =>
        program.optimizer.computeGradients(() => {
          const forward: StepLoss = program.forward(batch);
          // An optimizer may look at several points; the totals are those of the first, where the model is.
          totals ??= tf.keep(forward.totals);
          freeWhileGoingBack();
          return forward.loss;
        }, [...program.trainable]),
      );
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

function whileTrainable<T>(variables: readonly tf.Variable[], work: () => T): T {
  const frozen = variables.filter(({ trainable }) => !trainable);
  for (const variable of frozen) variable.trainable = true;
  try {
    return work();
  } finally {
    for (const variable of frozen) variable.trainable = false;
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

/** The second half of a step: uses the gradients up, and gives the totals. */
export function finishStep(
  program: StepProgram,
  { totals, gradients }: StepGradients,
): tf.Tensor1D {
  try {
    applyGradients(program, gradients);
    return totals;
  } catch (error) {
    totals.dispose();
    throw error;
  } finally {
    tf.dispose(gradients.filter((gradient) => gradient !== undefined));
  }
}

/** The step that needs nothing of a backend but its kernels. */
export function eagerStep(program: StepProgram, reason: string): TrainingStep {
  return {
    engine: { name: 'eager', reason },
    run(batch) {
      return finishStep(program, computeGradients(program, batch));
    },
    synchronise() {},
    dispose() {},
  };
}
