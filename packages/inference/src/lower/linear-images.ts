// Images whose rows, and then columns, are sums of those of others. How much each counts the layer itself says.

import * as tf from '@tensorflow/tfjs-core';
import type { Constant } from '../graph/constant.js';
import type { Value } from '../graph/graph-builder.js';
import { knownLengths, type LayerCall } from './layer-call.js';
import { operationsOf } from './operations.js';

type Size = readonly [height: number, width: number];
type Image = [height: number, width: number, channels: number];

/**
 * What the layer makes of each row, and of each column, by itself.
 *
 * @param settings other than the layer has
 */
export function mixedByLayer(call: LayerCall, x: Value, size: Size, settings: object): Value {
  const lengths = knownLengths(call, x) as Image;
  const weightsOf = (axis: 0 | 1) =>
    lazily([size[axis], lengths[axis]], () => {
      const from = lengths[axis];
      const shape: tf.ShapeMap['R4'] = axis === 0 ? [from, from, 1, 1] : [from, 1, from, 1];
      // One image for each row, that one white; columns do not matter, since there is one.
      const made = applied(call, tf.reshape(tf.eye(from), shape), settings);
      const line = axis === 0 ? tf.slice(made, [0, 0, 0, 0], [-1, -1, 1, 1]) : tf.slice(made, [0, 0, 0, 0], [-1, 1, -1, 1]); // prettier-ignore
      return tf.transpose(tf.reshape(line, [from, size[axis]]));
    });
  return mixed(call, x, weightsOf(0), weightsOf(1));
}

/** Each pixel that the layer gives is one of the image's; beyond the edge it is 0. */
export function chosenPixels(call: LayerCall, x: Value, size: Size): Value {
  const [height, width] = knownLengths(call, x) as Image;
  const weightsOf = (axis: 0 | 1) => {
    const from = axis === 0 ? height : width;
    return lazily([size[axis], from], () => {
      const numbers = tf.reshape(
        tf.range(1, from + 1),
        axis === 0 ? [1, from, 1, 1] : [1, 1, from, 1],
      );
      const made = applied(call, tf.tile(numbers, axis === 0 ? [1, 1, width, 1] : [1, height, 1, 1]), {}); // prettier-ignore
      const chosen = tf.reshape(tf.max(made, 2 - axis), [size[axis], 1]);
      return tf.cast(tf.equal(chosen, tf.range(1, from + 1)), 'float32');
    });
  };
  return mixed(call, x, weightsOf(0), weightsOf(1));
}

function mixed(call: LayerCall, x: Value, rows: Constant, columns: Constant): Value {
  const { reshape, matMul } = operationsOf(call);
  const { graph, name } = call;
  const [height, width, channels] = knownLengths(call, x) as Image;
  const tall = matMul(graph.constant(`${name}/rows`, rows), reshape(x, [null, height, width * channels])); // prettier-ignore
  const images = reshape(tall, [null, rows.shape[0] as number, width, channels]);
  return matMul(graph.constant(`${name}/columns`, columns), images);
}

/** The layer as if it were called with other images. */
function applied({ layer }: LayerCall, images: tf.Tensor, settings: object): tf.Tensor {
  const Class = layer.constructor as new (args: object) => typeof layer;
  const copy = new Class({ ...layer.getConfig(), ...settings, dataFormat: 'channelsLast' });
  return copy.call(images, {}) as tf.Tensor;
}

function lazily(shape: readonly number[], make: () => tf.Tensor): Constant {
  return {
    shape,
    read: async () => {
      const tensor = tf.tidy(make);
      const values = Float32Array.from(await tensor.data());
      tensor.dispose();
      return values;
    },
  };
}
