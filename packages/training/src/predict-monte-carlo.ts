// Predicts many times with dropout at work, and says how far the predictions spread.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { enterTrainingMode, invalidArgument, type TrainingMode } from '@graftjs/core';
import { checkExamples } from './checks.js';
import { pacer } from './pacer.js';
import type { PredictOptions } from './predict.js';

export interface MonteCarloOptions extends PredictOptions {
  /** How often each example is predicted; at least 2. Default: 100. */
  samples?: number;
}

/** Both [n, …], and the caller's to dispose. */
export interface MonteCarloPrediction {
  readonly mean: tf.Tensor;
  /** The standard deviation over the samples: of these, not an estimate for more of them. */
  readonly spread: tf.Tensor;
}

/**
 * Monte-Carlo dropout: the mean and the spread of predictions made with dropout (and noise) as in training. BatchNormalization
 * works in inference mode, and its statistics stay: a plain `model.apply(x, { training: true })` would change them.
 *
 * A dropout layer with a seed of its own drops the same each time, and adds nothing to the spread.
 *
 * Source: Gal and Ghahramani, Dropout as a Bayesian Approximation, 2016.
 *
 * @param xs [n, …]
 * @throws GraftError for an option out of range, or examples that do not fit the model, or none
 * @example
 * const { mean, spread } = await predictMonteCarlo(model, images, { samples: 100 });
 */
export async function predictMonteCarlo(
  model: LayersModel,
  xs: tf.Tensor,
  { samples = 100, batchSize = 32, signal }: MonteCarloOptions = {},
): Promise<MonteCarloPrediction> {
  if (!(Number.isSafeInteger(samples) && samples >= 2))
    throw invalidArgument('samples', 'an integer of at least 2', samples);
  const count = checkExamples(model, xs, batchSize);
  const pace = pacer(signal);
  const parts: Moments[] = [];
  const mode = enterTrainingMode(model, true);
  try {
    for (let start = 0; start < count; start += batchSize) {
      const batch = tf.slice(xs, [start], [Math.min(batchSize, count - start)]);
      const moments = new Moments();
      parts.push(moments);
      try {
        for (let sample = 0; sample < samples; sample++) {
          moments.add(mode, batch);
          await pace();
        }
      } finally {
        batch.dispose();
      }
    }
    return tf.tidy(() => ({
      mean: tf.concat(parts.map(({ mean }) => mean as tf.Tensor)),
      spread: tf.concat(parts.map((moments) => moments.spread())),
    }));
  } finally {
    mode.leave();
    for (const part of parts) part.dispose();
  }
}

/** A running mean and sum of squared deviations (Welford), so that nothing cancels and no sample is kept. */
class Moments {
  mean: tf.Tensor | undefined;
  private squares: tf.Tensor | undefined;
  private count = 0;

  add(mode: TrainingMode, batch: tf.Tensor): void {
    const { mean: oldMean, squares: oldSquares } = this;
    this.count += 1;
    const [mean, squares] = tf.tidy((): [tf.Tensor, tf.Tensor] =>
      mode.forward(batch, true, ({ predictions }) => {
        if (!oldMean || !oldSquares) return [tf.clone(predictions), tf.zerosLike(predictions)];
        const difference = tf.sub(predictions, oldMean);
        const next = tf.add(oldMean, tf.div(difference, this.count));
        return [next, tf.add(oldSquares, tf.mul(difference, tf.sub(predictions, next)))];
      }),
    );
    this.dispose();
    [this.mean, this.squares] = [mean, squares];
  }

  spread(): tf.Tensor {
    return tf.sqrt(tf.div(this.squares as tf.Tensor, this.count));
  }

  dispose(): void {
    tf.dispose([this.mean, this.squares].filter((tensor) => tensor !== undefined));
    this.mean = this.squares = undefined;
  }
}
