// Keras's activations that tfjs-layers lacks or computes otherwise, as classes that any layer takes by name.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

type ActivationIdentifier = NonNullable<Parameters<typeof layers.activation>[0]['activation']>;

/** relu6(x + 3) / 6: hard_sigmoid of Keras 3. That of tfjs-layers is Keras 2's, another function. */
const hardSigmoid = (x: tf.Tensor) => tf.div(tf.relu6(tf.add(x, 3)), 6);

const functions = {
  // With alpha 1, which is all that a name says, it is elu.
  celu: tf.elu,
  exponential: tf.exp,
  glu: gatedLinearUnit,
  hard_shrink: (x: tf.Tensor) => tf.mul(x, tf.step(tf.sub(tf.abs(x), 0.5))),
  hard_sigmoid: hardSigmoid,
  hard_silu: (x: tf.Tensor) => tf.mul(x, hardSigmoid(x)),
  hard_tanh: (x: tf.Tensor) => tf.clipByValue(x, -1, 1),
  leaky_relu: (x: tf.Tensor) => tf.leakyRelu(x, 0.2),
  log_sigmoid: tf.logSigmoid,
  soft_shrink: (x: tf.Tensor) => tf.sub(x, tf.clipByValue(x, -0.5, 0.5)),
  sparse_plus: (x: tf.Tensor) =>
    // (x + 1)² / 4 between -1 and 1, x above, 0 below.
    tf.add(tf.div(tf.square(tf.add(tf.clipByValue(x, -1, 1), 1)), 4), tf.relu(tf.sub(x, 1))),
  sparse_sigmoid: (x: tf.Tensor) => tf.div(tf.add(tf.clipByValue(x, -1, 1), 1), 2),
  squareplus: (x: tf.Tensor) => tf.div(tf.add(x, tf.sqrt(tf.add(tf.square(x), 4))), 2),
  tanh_shrink: (x: tf.Tensor) => tf.sub(x, tf.tanh(x)),
};

function gatedLinearUnit(x: tf.Tensor): tf.Tensor {
  const channels = x.shape.at(-1) ?? 0;
  if (channels % 2 !== 0) {
    throw invalidArgument('inputs', 'of an even length along the last axis, for glu', x.shape);
  }
  const [values, gate] = tf.split(x, 2, -1) as [tf.Tensor, tf.Tensor];
  return tf.mul(values, tf.sigmoid(gate));
}

/** An activation of Keras that this package adds, by Keras's name. */
export type ActivationName = keyof typeof functions;

/** What `tf.serialization` takes an activation to be: a layer calls `apply`. */
type ActivationClass = tf.serialization.SerializableConstructor<tf.serialization.Serializable>;

/** In Keras's names: what `kerasActivation` takes. */
export const activationNames = Object.keys(functions) as ActivationName[];

const classes = new Map(
  activationNames.map((name) => [name, activationClass(classNameOf(name), functions[name])]),
);

/** One for each of `activationNames`. */
export const activationClasses: readonly ActivationClass[] = [...classes.values()];

/**
 * The `activation` of a layer by Keras's name, for those that tfjs-layers lacks or computes otherwise. It is registered
 * with `tf.serialization`, where a layer finds it. Element by element, with Keras's default settings:
 *
 * - `celu` elu(x); `exponential` eˣ; `leaky_relu` x > 0 ? x : 0.2 x; `log_sigmoid` −ln(1 + e⁻ˣ)
 * - `hard_sigmoid` relu6(x + 3) / 6; `hard_silu` x · hard_sigmoid(x); `hard_tanh` x within [−1, 1]
 * - `hard_shrink` |x| > ½ ? x : 0; `soft_shrink` x − x within [−½, ½]; `tanh_shrink` x − tanh x
 * - `squareplus` (x + √(x² + 4)) / 2; `sparse_plus` x ≤ −1 ? 0 : x < 1 ? (x + 1)² / 4 : x; `sparse_sigmoid` its slope
 * - `glu` the first half of the last axis times the sigmoid of the second, so that the output is half as long; layers, also
 *   those of Keras, say that it is not
 *
 * The other activations of Keras are in tfjs-layers: among them `swish` (Keras's silu) and `gelu` (the exact one).
 *
 * @throws GraftError when there is none of this name
 * @example
 * import { layers } from '@tensorflow/tfjs-layers';
 * import { kerasActivation } from '@graftjs/layers';
 * layers.dense({ units: 8, activation: kerasActivation('hard_silu') });
 */
export function kerasActivation(name: ActivationName): ActivationIdentifier {
  const found = classes.get(name);
  if (!found) throw invalidArgument('name', `one of ${activationNames.join(', ')}`, name);
  tf.serialization.registerClass(found);
  return found.className as ActivationIdentifier;
}

function activationClass(className: string, compute: (x: tf.Tensor) => tf.Tensor): ActivationClass {
  return class extends tf.serialization.Serializable {
    static readonly className = className;
    apply(x: tf.Tensor): tf.Tensor {
      return tf.tidy(() => compute(x));
    }
    getConfig(): tf.serialization.ConfigDict {
      return {};
    }
  };
}

/** tfjs writes a name into model.json in snake case and reads it in camel case. */
function classNameOf(name: ActivationName): string {
  return `graft_${name}`.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
