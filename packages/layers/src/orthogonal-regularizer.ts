// Keras's OrthogonalRegularizer, which tfjs-layers lacks: a penalty on the angles between the rows or columns of a matrix.

import { GraftError, invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { regularizers } from '@tensorflow/tfjs-layers';

export interface OrthogonalRegularizerArgs {
  /** What the penalty is multiplied by, ≥ 0. Default 0.01. */
  factor?: number;
  /** Which vectors are to be orthogonal to each other. Default `rows`. */
  mode?: 'rows' | 'columns';
}

type RegularizerClass = (abstract new () => ReturnType<typeof regularizers.l1l2>) &
  Pick<typeof tf.serialization.Serializable, 'fromConfig'>;

/** Layers of tfjs-layers take no other class's instances, and it does not export it. */
const Regularizer = Object.getPrototypeOf(regularizers.l1l2().constructor) as RegularizerClass;

/** Keras's; shorter vectors are not made any longer. */
const EPSILON = 1e-7;

/** See {@link orthogonalRegularizer}. */
export class GraftOrthogonalRegularizer extends Regularizer {
  static readonly className = 'GraftOrthogonalRegularizer';
  private readonly factor: number;
  private readonly mode: 'rows' | 'columns';

  constructor({ factor = 0.01, mode = 'rows' }: OrthogonalRegularizerArgs = {}) {
    super();
    if (!(Number.isFinite(factor) && factor >= 0))
      throw invalidArgument('factor', 'a finite number ≥ 0', factor);
    if (mode !== 'rows' && mode !== 'columns')
      throw invalidArgument('mode', "'rows' or 'columns'", mode);
    this.factor = factor;
    this.mode = mode;
  }

  override apply(weight: tf.Tensor): tf.Scalar {
    if (weight.rank !== 2) {
      throw new GraftError(
        `orthogonalRegularizer takes a matrix. Received: a weight of shape [${weight.shape}]`,
      );
    }
    return tf.tidy(() => {
      const byRows = this.mode === 'rows';
      const squares = tf.sum(tf.square(weight), byRows ? 1 : 0, true);
      // The square is bounded, not the root: the gradient of a vector of zeros is then 0 and not NaN.
      const length = tf.sqrt(tf.maximum(squares, EPSILON ** 2));
      const unit = tf.div(weight, length);
      const products = tf.matMul(unit, unit, !byRows, byRows);
      const [count] = products.shape as [number, number];
      const others = tf.mul(products, tf.sub(1, tf.eye(count)));
      const pairs = (count * (count - 1)) / 2;
      // One vector alone makes no pair.
      return tf.mul(tf.sum(tf.abs(others)), (this.factor * 0.5) / Math.max(pairs, 1));
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { factor: this.factor, mode: this.mode };
  }
}

/**
 * Keras's OrthogonalRegularizer, for the `kernelRegularizer` of a layer whose weight is a matrix [inputs, units]: `factor`
 * times the mean of |cos| of the angles between all pairs of its rows, or of its columns. A single row has no penalty, where
 * Keras gives NaN; a row of zeros has the gradient 0, where Keras's is NaN.
 *
 * It is registered with `tf.serialization`, where a copy of the layer finds it.
 *
 * @throws GraftError for a `factor` that is not a finite number ≥ 0 or another `mode`, and when it penalises a weight that
 *   is no matrix
 * @example
 * import { layers } from '@tensorflow/tfjs-layers';
 * import { orthogonalRegularizer } from '@graftjs/layers';
 * layers.dense({ units: 8, kernelRegularizer: orthogonalRegularizer({ mode: 'columns' }) });
 */
export function orthogonalRegularizer(
  args?: OrthogonalRegularizerArgs,
): GraftOrthogonalRegularizer {
  tf.serialization.registerClass(GraftOrthogonalRegularizer);
  return new GraftOrthogonalRegularizer(args);
}
