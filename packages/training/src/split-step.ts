// A training step that goes on where memory runs out: in parts of the batch, whose gradients make one update.

import * as tf from '@tensorflow/tfjs-core';
import {
  computeGradients,
  finishStep,
  GraftError,
  type Batch,
  type StepGradients,
  type StepProgram,
  type TrainingStep,
} from '@graftjs/core';

/** What is done where memory runs out. */
export interface OutOfMemory {
  /** Examples that are computed at a time from now on; an update is still that of the whole batch. */
  readonly batchSize: number;
}

const messages =
  /out of memory|\bOOM\b|resource.?exhausted|(failed|unable) to allocate|allocation failed|bad_alloc|cannot enlarge memory|invalid typed array length|requested texture size/i;

/** True for what backends and engines throw where there is no memory left. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && messages.test(error.message);
}

/**
 * The same step, which halves what is computed at a time where memory runs out, until one example is left.
 *
 * The gradient is the mean of the parts', by their sizes: that of the whole batch, but for BatchNormalization, which sees
 * the statistics of each part, and for masked outputs. Parts run op by op.
 */
export function splitStep(
  step: TrainingStep,
  program: StepProgram,
  report: (event: OutOfMemory) => void,
): TrainingStep {
  let largest = Infinity;
  const { optimizer, states } = program;

  function attempt(batch: Batch): tf.Tensor1D {
    const size = batch.xs.shape[0] as number;
    if (size <= largest) return step.run(batch);
    step.synchronise();
    return finishStep(program, gradientsOf(program, batch, Math.ceil(size / largest)));
  }

  return {
    get engine() {
      return step.engine;
    },
    run(batch) {
      const size = batch.xs.shape[0] as number;
      for (;;) {
        // Statistics move in the forward pass, also in one that fails.
        const before = states.map((state) => tf.keep(tf.clone<tf.Tensor>(state)));
        const { iterations } = optimizer;
        try {
          return attempt(batch);
        } catch (error) {
          const computed = Math.min(size, largest);
          if (!isOutOfMemory(error) || computed === 1) throw error;
          if (optimizer.iterations !== iterations) {
            throw new GraftError(
              'memory ran out in the middle of an update, so that the batch cannot be tried again: begin anew with smaller batches',
              { cause: error },
            );
          }
          for (const [i, state] of states.entries()) state.assign(before[i] as tf.Tensor);
          largest = Math.ceil(computed / 2);
          report({ batchSize: largest });
        } finally {
          tf.dispose(before);
        }
      }
    },
    synchronise: () => step.synchronise(),
    dispose: () => step.dispose(),
  };
}

/** Totals and gradients of a batch, part by part. */
function gradientsOf(program: StepProgram, batch: Batch, parts: number): StepGradients {
  const examples = batch.xs.shape[0] as number;
  let sum: StepGradients | undefined;
  try {
    for (let part = 0; part < parts; part++) {
      const start = Math.floor((part * examples) / parts);
      const size = Math.floor(((part + 1) * examples) / parts) - start;
      const rows = sliced(batch, start, size);
      try {
        const next = computeGradients(program, rows);
        sum = added(sum, next, size / examples);
      } finally {
        tf.dispose({ ...rows });
      }
    }
    return sum as StepGradients;
  } catch (error) {
    if (sum) tf.dispose([sum.totals, ...sum.gradients.filter((g) => g !== undefined)]);
    throw error;
  }
}

function sliced({ xs, ys, sampleWeights }: Batch, start: number, size: number): Batch {
  const rows = (tensor: tf.Tensor) => tf.slice(tensor, start, size);
  return {
    ...{ xs: rows(xs), ys: rows(ys) },
    ...(sampleWeights && { sampleWeights: rows(sampleWeights) }),
  };
}

/** Adds a share of what is next, and uses both up. */
function added(sum: StepGradients | undefined, next: StepGradients, share: number): StepGradients {
  const gradients = next.gradients.map((gradient, i) => {
    const before = sum?.gradients[i];
    if (!gradient) return before;
    return tf.tidy(() => {
      const scaled = tf.mul(gradient, share);
      return before ? tf.add(before, scaled) : scaled;
    });
  });
  const totals = sum ? (tf.add(sum.totals, next.totals) as tf.Tensor1D) : tf.clone(next.totals);
  const old = [...(sum?.gradients ?? []), ...next.gradients].filter(
    (gradient) => gradient !== undefined && !gradients.includes(gradient),
  ) as tf.Tensor[];
  tf.dispose([...old, next.totals, ...(sum ? [sum.totals] : [])]);
  return { totals, gradients };
}
