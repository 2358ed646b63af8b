// Keras's Orthogonal initializer; that of tfjs-layers needs the chained operations of the whole of tfjs, and is slow.

import * as tf from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';

export interface OrthogonalArgs {
  /** What the matrix is multiplied by. Default 1. */
  gain?: number;
  seed?: number | null;
}

type InitializerClass = (abstract new () => ReturnType<typeof initializers.ones>) &
  Pick<typeof tf.serialization.Serializable, 'fromConfig'>;

/** Layers of tfjs-layers take no other class's instances, and it does not export it. */
const Initializer = Object.getPrototypeOf(initializers.ones().constructor) as InitializerClass;

/** See {@link orthogonal}. */
export class GraftOrthogonal extends Initializer {
  static readonly className = 'GraftOrthogonal';
  private readonly gain: number;
  private readonly seed: number | null;

  constructor(args: OrthogonalArgs = {}) {
    super();
    this.gain = args.gain ?? 1;
    this.seed = args.seed ?? null;
  }

  override apply(shape: (number | null)[]): tf.Tensor {
    const lengths = shape as number[];
    const columns = lengths.at(-1) as number;
    const rows = tf.util.sizeFromShape(lengths.slice(0, -1));
    const isWide = rows < columns;
    const [count, length] = isWide ? [rows, columns] : [columns, rows];
    const vectors = tf.tidy(() =>
      tf.randomNormal([count, length], 0, 1, 'float32', this.seed ?? undefined).dataSync(),
    );
    const orthogonal = orthonormal(Float64Array.from(vectors), count, length);
    const scaled = Float32Array.from(orthogonal, (value) => value * this.gain);
    if (isWide) return tf.tensor(scaled, lengths);
    return tf.tidy(() => tf.reshape(tf.transpose(tf.tensor2d(scaled, [count, length])), lengths));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { gain: this.gain, seed: this.seed };
  }
}

/** Makes the vectors of unit length and orthogonal to each other, one after the other, as a QR decomposition does. */
function orthonormal(vectors: Float64Array, count: number, length: number): Float64Array {
  const vector = (i: number) => vectors.subarray(i * length, (i + 1) * length);
  for (let i = 0; i < count; i++) {
    const own = vector(i);
    // Twice, because what rounding leaves of the others in the first go is not small beside a short rest.
    for (let go = 0; go < 2; go++) {
      for (let j = 0; j < i; j++) {
        const other = vector(j);
        const along = dot(own, other);
        for (let k = 0; k < length; k++) own[k] = (own[k] as number) - along * (other[k] as number);
      }
    }
    const norm = Math.sqrt(dot(own, own));
    for (let k = 0; k < length; k++) own[k] = (own[k] as number) / norm;
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}

/**
 * Keras's Orthogonal (https://arxiv.org/abs/1312.6120), with which the weights of recurrent layers for their last output
 * start: a matrix, of which all but the last dimension are the rows, whose rows or columns, whichever are fewer, are
 * orthogonal and of length `gain`. It is registered with `tf.serialization`, where a copy of the layer finds it.
 *
 * @example
 * import { lstm, orthogonal } from '@graftjs/layers';
 * lstm({ units: 8, recurrentInitializer: orthogonal({ gain: 0.5 }) });
 */
export function orthogonal(args?: OrthogonalArgs): GraftOrthogonal {
  tf.serialization.registerClass(GraftOrthogonal);
  return new GraftOrthogonal(args);
}
