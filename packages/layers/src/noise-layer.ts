// What dropout and its kin share: they draw while a model trains, and pass their input at other times.

import { type DrawUniform, invalidArgument, type NoisyLayer } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type CallArgs, type LayerArgs, oneTensor, type Shape } from './inputs.js';
import { Seeds } from './seeds.js';

export interface NoiseArgs extends LayerArgs {
  /** For the same numbers in every run. Default null. */
  seed?: number | null;
}

/**
 * Called by itself a layer draws by its seed; `fit` of `@graftjs/training` lets it draw by seed and step, in the backend
 * where that can, so that a step with it can be compiled.
 */
export abstract class NoiseLayer extends layers.Layer implements NoisyLayer {
  readonly seed: number | null;
  readonly seeds: Seeds;

  constructor(args: NoiseArgs) {
    super(args);
    this.seed = args.seed ?? null;
    this.seeds = new Seeds(this.seed);
    this.supportsMasking = true;
  }

  abstract withNoise(x: tf.Tensor, draw: DrawUniform): tf.Tensor;

  override call(inputs: tf.Tensor | tf.Tensor[], { training }: CallArgs): tf.Tensor {
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      if (training !== true) return tf.clone(x);
      const draw = (shape: number[]) => tf.randomUniform(shape, 0, 1, 'float32', this.seeds.next());
      return this.withNoise(x, draw);
    });
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), seed: this.seed };
  }
}

/** A probability of dropping. @throws GraftError for a number outside [0, 1) */
export function dropRate(name: string, rate: number): number {
  if (rate >= 0 && rate < 1) return rate;
  throw invalidArgument(name, 'a number ≥ 0 and < 1', rate);
}

/** x where what is drawn is `rate` or more, divided by the share of that; 0 elsewhere. */
export function dropped(
  x: tf.Tensor,
  rate: number,
  maskShape: number[],
  draw: DrawUniform,
): tf.Tensor {
  const kept = tf.cast(tf.greaterEqual(draw(maskShape), rate), 'float32');
  return tf.mul(x, tf.div(kept, 1 - rate));
}
