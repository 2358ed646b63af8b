// Small graphs, and what they give by the plain operations of tfjs: the engine's conformance suite on every backend.

import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../../graph/activation.js';
import { constantOf } from '../../graph/constant.js';
import { GraphBuilder, type Value } from '../../graph/graph-builder.js';
import type { InferenceGraph } from '../../graph/graph.js';
import { sequenceCases } from './sequence-cases.js';

export interface EngineCase {
  readonly graph: InferenceGraph;
  readonly input: tf.Tensor;
  expected(x: tf.Tensor): tf.Tensor;
}

const none = [[0, 0], [0, 0]] as const; // prettier-ignore
const once = { strides: [1, 1], dilations: [1, 1], padding: none } as const;
const around = [[1, 2], [0, 1]] as const; // prettier-ignore
const allAround: [number, number][] = [[0, 0], [1, 2], [0, 1], [0, 0]]; // prettier-ignore
const relu6: Activation = { kind: 'clip', min: 0, max: 6 };

const values = (shape: number[], seed: number) =>
  tf.randomUniform(shape as [number, number, number, number], -2, 2, 'float32', seed);

/** A case of an operation on an image with constants of these shapes. */
function onImage(
  shapes: readonly number[][],
  add: (graph: GraphBuilder, x: Value, constants: Value[]) => Value,
  expected: (x: tf.Tensor4D, constants: tf.Tensor4D[]) => tf.Tensor,
): () => EngineCase {
  return () => {
    const input = values([2, 7, 6, 4], 1);
    const graph = new GraphBuilder();
    const x = graph.input('x', [null, ...input.shape.slice(1)], 'float32');
    const arrays = shapes.map((shape, i) => values(shape, i + 2).dataSync());
    const constants = shapes.map((shape, i) =>
      graph.constant(`c${i}`, constantOf(shape, arrays[i] as Float32Array)),
    );
    const y = add(graph, x, constants);
    return {
      graph: graph.build([y]),
      input,
      expected: (given) =>
        expected(
          given as tf.Tensor4D,
          shapes.map(
            (shape, i) => tf.tensor<tf.Rank>(arrays[i] as Float32Array, shape) as tf.Tensor4D,
          ),
        ),
    };
  };
}

const activation = (settings: Activation, expected: (x: tf.Tensor) => tf.Tensor) =>
  onImage(
    [],
    (graph, x) => graph.add('y', { op: 'activation', inputs: [x], activation: settings }),
    expected,
  );

/** By what they are about; each makes its tensors when it is called. */
export const engineCases: Readonly<Record<string, () => EngineCase>> = {
  ...sequenceCases,
  'a convolution with stride, bias and relu6': onImage(
    [[3, 3, 4, 5], [5]],
    (graph, x, [kernel, bias]) =>
      graph.add('y', {
        ...{ ...once, op: 'conv2d', inputs: [x, kernel, bias], groups: 1 },
        ...{ strides: [2, 1], padding: 'same', activation: relu6 },
      }),
    (x, [kernel, bias]) =>
      tf.relu6(tf.add(tf.conv2d(x, kernel as tf.Tensor4D, [2, 1], 'same'), bias as tf.Tensor)),
  ),
  'a convolution with padding of its own and dilation': onImage(
    [[3, 2, 4, 8]],
    (graph, x, [kernel]) =>
      graph.add('y', {
        ...{ ...once, op: 'conv2d', inputs: [x, kernel], groups: 1 },
        ...{ dilations: [2, 1], padding: around },
      }),
    (x, [kernel]) =>
      tf.conv2d(tf.pad(x, allAround), kernel as tf.Tensor4D, 1, 'valid', 'NHWC', [2, 1]),
  ),
  'a convolution of points, with bias': onImage(
    [[1, 1, 4, 6], [6]],
    (graph, x, [kernel, bias]) =>
      graph.add('y', { ...once, op: 'conv2d', inputs: [x, kernel, bias], groups: 1 }),
    (x, [kernel, bias]) =>
      tf.add(tf.conv2d(x, kernel as tf.Tensor4D, 1, 'valid'), bias as tf.Tensor),
  ),
  'a convolution of points to many channels, with tanh': onImage(
    [[1, 1, 4, 800], [800]],
    (graph, x, [kernel, bias]) =>
      graph.add('y', {
        ...{ ...once, op: 'conv2d', inputs: [x, kernel, bias], groups: 1 },
        activation: { kind: 'tanh' },
      }),
    (x, [kernel, bias]) =>
      tf.tanh(tf.add(tf.conv2d(x, kernel as tf.Tensor4D, 1, 'valid'), bias as tf.Tensor)),
  ),
  'a convolution of three channels to eight, with a step and relu': onImage(
    [[3, 2, 3, 8], [8]],
    (graph, x, [kernel, bias]) => {
      const ends = [[0, 0], [0, 0], [0, 0], [1, 0]] as const; // prettier-ignore
      const three = graph.add('three', { op: 'crop', inputs: [x], ends });
      return graph.add('y', {
        ...{ ...once, op: 'conv2d', inputs: [three, kernel, bias], groups: 1 },
        ...{ strides: [2, 1], activation: { kind: 'relu' } },
      });
    },
    (x, [kernel, bias]) => {
      const three = tf.slice(x, [0, 0, 0, 1], [-1, -1, -1, 3]);
      return tf.relu(
        tf.add(tf.conv2d(three, kernel as tf.Tensor4D, [2, 1], 'valid'), bias as tf.Tensor),
      );
    },
  ),
  'a convolution with padding on all sides, of a convolution': onImage(
    [
      [1, 1, 4, 8],
      [3, 3, 8, 12],
    ],
    (graph, x, [spread, kernel]) => {
      const wide = graph.add('wide', { ...once, op: 'conv2d', inputs: [x, spread], groups: 1 });
      return graph.add('y', {
        ...{ ...once, op: 'conv2d', inputs: [wide, kernel], groups: 1 },
        padding: [[1, 1], [1, 1]], // prettier-ignore
      });
    },
    (x, [spread, kernel]) =>
      tf.conv2d(
        tf.conv2d(x, spread as tf.Tensor4D, 1, 'valid'),
        ...([kernel as tf.Tensor4D, 1, 'same'] as const),
      ),
  ),
  'a convolution of every other point, with leaky relu': onImage(
    [[1, 1, 4, 3], [3]],
    (graph, x, [kernel, bias]) =>
      graph.add('y', {
        ...{ ...once, op: 'conv2d', inputs: [x, kernel, bias], groups: 1, strides: [2, 2] },
        activation: { kind: 'leakyRelu', alpha: 0.3 },
      }),
    (x, [kernel, bias]) =>
      tf.leakyRelu(tf.add(tf.conv2d(x, kernel as tf.Tensor4D, 2, 'valid'), bias as tf.Tensor), 0.3),
  ),
  'a convolution in groups, with tanh': onImage(
    [[3, 3, 2, 6], [6]],
    (graph, x, [kernel, bias]) =>
      graph.add('y', {
        ...{ ...once, op: 'conv2d', inputs: [x, kernel, bias], groups: 2, padding: around },
        activation: { kind: 'tanh' },
      }),
    (x, [kernel, bias]) => {
      const parts = [0, 1].map((i) =>
        tf.conv2d(
          tf.slice(tf.pad(x, allAround), [0, 0, 0, 2 * i], [-1, -1, -1, 2]) as tf.Tensor4D,
          tf.slice(kernel as tf.Tensor4D, [0, 0, 0, 3 * i], [-1, -1, -1, 3]),
          ...([1, 'valid'] as const),
        ),
      );
      return tf.tanh(tf.add(tf.concat(parts, 3), bias as tf.Tensor));
    },
  ),
  'a depthwise convolution with a multiplier, bias and sigmoid': onImage(
    [[3, 3, 4, 2], [8]],
    (graph, x, [kernel, bias]) =>
      graph.add('y', {
        ...{ ...once, op: 'depthwiseConv2d', inputs: [x, kernel, bias], strides: [2, 2] },
        ...{ padding: 'same', activation: { kind: 'sigmoid' } },
      }),
    (x, [kernel, bias]) =>
      tf.sigmoid(
        tf.add(tf.depthwiseConv2d(x, kernel as tf.Tensor4D, 2, 'same'), bias as tf.Tensor),
      ),
  ),
  'a depthwise convolution with padding of its own and relu': onImage(
    [[3, 3, 4, 1], [4]],
    (graph, x, [kernel, bias]) =>
      graph.add('y', {
        ...{ ...once, op: 'depthwiseConv2d', inputs: [x, kernel, bias] },
        ...{ padding: around, activation: { kind: 'relu' } },
      }),
    (x, [kernel, bias]) =>
      tf.relu(
        tf.add(
          tf.depthwiseConv2d(tf.pad(x, allAround), kernel as tf.Tensor4D, 1, 'valid'),
          bias as tf.Tensor,
        ),
      ),
  ),
  'a transposed convolution, with more around it and less': onImage(
    [[3, 2, 5, 4], [5]],
    (graph, x, [kernel, bias]) =>
      graph.add('y', {
        ...{ ...once, op: 'conv2dTranspose', inputs: [x, kernel, bias], strides: [2, 3] },
        ...{ padding: [[1, 0], [0, -1]], activation: { kind: 'elu', alpha: 1 } }, // prettier-ignore
      }),
    (x, [kernel, bias]) => {
      const whole = tf.conv2dTranspose(x, kernel as tf.Tensor4D, [2, 15, 17, 5], [2, 3], 'valid');
      const cut = tf.pad(tf.slice(whole, [0, 1, 0, 0], [-1, 14, -1, -1]), [[0, 0], [0, 0], [0, 1], [0, 0]]); // prettier-ignore
      return tf.elu(tf.add(cut, bias as tf.Tensor));
    },
  ),
  'a transposed convolution with dilation': onImage(
    [[2, 2, 3, 4]],
    (graph, x, [kernel]) =>
      graph.add('y', {
        ...{ ...once, op: 'conv2dTranspose', inputs: [x, kernel], dilations: [2, 3] },
      }),
    (x, [kernel]) => {
      // Its four taps, each a convolution of points.
      const taps = [0, 1, 2, 3].map((i) => {
        const [row, column] = [i >> 1, i & 1];
        const tap = tf.slice(kernel as tf.Tensor4D, [row, column, 0, 0], [1, 1, -1, -1]);
        const y = tf.conv2d(x, tf.transpose(tap, [0, 1, 3, 2]) as tf.Tensor4D, 1, 'valid');
        return tf.pad(y, [[0, 0], [2 * row, 2 - 2 * row], [3 * column, 3 - 3 * column], [0, 0]]); // prettier-ignore
      });
      return tf.addN(taps);
    },
  ),
  'dense on each point, with gelu': onImage(
    [[4, 7], [7]],
    (graph, x, [kernel, bias]) =>
      graph.add('y', {
        ...{ op: 'dense', inputs: [x, kernel, bias] },
        activation: { kind: 'gelu', approximate: false },
      }),
    (x, [kernel, bias]) => {
      const y = tf.matMul(tf.reshape(x, [-1, 4]), kernel as tf.Tensor);
      const z = tf.reshape(tf.add(y, bias as tf.Tensor), [2, 7, 6, 7]);
      return tf.mul(z, tf.div(tf.add(tf.erf(tf.div(z, Math.SQRT2)), 1), 2));
    },
  ),
  'a scale and a shift by channel': onImage(
    [[4], [4]],
    (graph, x, [scale, shift]) =>
      graph.add('y', {
        ...{ op: 'scaleShift', inputs: [x, scale, shift], activation: { kind: 'relu' } },
      }),
    (x, [scale, shift]) => tf.relu(tf.add(tf.mul(x, scale as tf.Tensor), shift as tf.Tensor)),
  ),
  'a value taken twice, a constant on the left, and a gate': onImage(
    [[1]],
    (graph, x, [one]) => {
      const less = graph.add('less', { op: 'sub', inputs: [one, x] });
      const both = graph.add('both', { op: 'add', inputs: [less, x] });
      const mean = graph.add('m', { op: 'reduceMean', inputs: [x], axes: [1, 2], keepDims: true });
      const gated = graph.add('gated', { op: 'mul', inputs: [x, mean] });
      return graph.add('y', { op: 'max', inputs: [both, gated], activation: { kind: 'swish' } });
    },
    (x, [one]) => {
      const y = tf.maximum(one as tf.Tensor, tf.mul(x, tf.mean(x, [1, 2], true)));
      return tf.mul(y, tf.sigmoid(y));
    },
  ),
  'the largest of windows, and averages, beside each other': onImage(
    [],
    (graph, x) => {
      const settings = { inputs: [x], size: [3, 2], strides: [2, 2] } as const;
      const largest = graph.add('l', { op: 'maxPool', ...settings, padding: 'same' });
      const average = graph.add('a', { op: 'avgPool', ...settings, padding: 'same' });
      return graph.add('y', { op: 'concat', inputs: [largest, average], axis: -1 });
    },
    (x) =>
      tf.concat([tf.maxPool(x, [3, 2], 2, 'same'), tf.avgPool(x, [3, 2], 2, 'same')], 3), // prettier-ignore
  ),
  'the largest of windows, with padding of its own': onImage(
    [],
    (graph, x) =>
      graph.add('y', { op: 'maxPool', inputs: [x], size: [3, 3], strides: [2, 2], padding: around }), // prettier-ignore
    (x) => tf.maxPool(tf.pad(x, allAround, -9), 3, 2, 'valid'),
  ),
  'averages that leave their padding out': onImage(
    [],
    (graph, x) =>
      graph.add('y', { op: 'avgPool', inputs: [x], size: [3, 3], strides: [1, 1], padding: [[1, 1], [1, 1]] }), // prettier-ignore
    (x) => tf.avgPool(x, 3, 1, 'same'),
  ),
  'a softmax of points and one of channels': onImage(
    [],
    (graph, x) => {
      const rows = graph.add('r', { op: 'softmax', inputs: [x], axis: 1 });
      return graph.add('y', { op: 'softmax', inputs: [rows], axis: -1 });
    },
    (x) => tf.softmax(tf.transpose(tf.softmax(tf.transpose(x, [0, 3, 2, 1])), [0, 3, 2, 1])),
  ),
  'moving values about': onImage(
    [],
    (graph, x) => {
      const wide = graph.add('p', { op: 'pad', inputs: [x], ends: allAround, value: 3 });
      const turned = graph.add('t', { op: 'transpose', inputs: [wide], order: [0, 2, 1, 3] });
      const ends = [[0, 0], [1, 0], [0, 2], [1, 1]] as const; // prettier-ignore
      const less = graph.add('c', { op: 'crop', inputs: [turned], ends });
      return graph.add('y', { op: 'reshape', inputs: [less], shape: [null, null, 4] });
    },
    (x) => {
      const turned = tf.transpose(tf.pad(x, allAround, 3), [0, 2, 1, 3]);
      return tf.reshape(tf.slice(turned, [0, 1, 0, 1], [2, 6, 8, 2]), [2, -1, 4]);
    },
  ),
  'larger images': onImage(
    [],
    (graph, x) => {
      const nearest = { method: 'nearest', to: { times: [2, 3] }, halfPixelCenters: true } as const;
      const big = graph.add('n', { op: 'resize', inputs: [x], ...nearest });
      const bilinear = { method: 'bilinear', to: { size: [5, 9] } } as const;
      return graph.add('y', { op: 'resize', inputs: [big], ...bilinear, halfPixelCenters: false });
    },
    (x) => {
      const tall = tf.reshape(tf.tile(tf.reshape(x, [2, 7, 1, 24]), [1, 1, 2, 1]), [2, 84, 1, 4]);
      const big = tf.reshape(tf.tile(tall, [1, 1, 3, 1]), [2, 14, 18, 4]) as tf.Tensor4D;
      return tf.image.resizeBilinear(big, [5, 9]);
    },
  ),
  'numbers, looked up': onImage(
    [[3, 5]],
    (graph, x, [rows]) => {
      const ends = [[0, 0], [0, 0], [0, 0], [0, 3]] as const; // prettier-ignore
      const one = graph.add('one', { op: 'crop', inputs: [x], ends });
      const flat = graph.add('flat', { op: 'reshape', inputs: [one], shape: [null, 7, 6] });
      const square = graph.add('square', { op: 'square', inputs: [flat] });
      const whole = { kind: 'clip', min: 1, max: 1 } as const;
      const ones = graph.add('ones', { op: 'activation', inputs: [square], activation: whole });
      return graph.add('y', { op: 'embedding', inputs: [ones, rows] });
    },
    (_, [rows]) =>
      tf.tile(tf.reshape(tf.slice(rows as tf.Tensor, [1], [1]), [1, 1, 1, 5]), [2, 7, 6, 1]),
  ),
  'a local response normalization': onImage(
    [],
    (graph, x) =>
      graph.add('y', {
        ...{ op: 'localResponseNormalization', inputs: [x] },
        ...{ radius: 1, bias: 2, alpha: 0.3, beta: 0.75 },
      }),
    (x) => {
      const squares = tf.pad(tf.square(x), [[0, 0], [0, 0], [0, 0], [1, 1]]); // prettier-ignore
      const near = [0, 1, 2].map((i) => tf.slice(squares, [0, 0, 0, i], [-1, -1, -1, 4]));
      return tf.div(x, tf.pow(tf.add(tf.mul(tf.addN(near), 0.3), 2), 0.75));
    },
  ),
  'unary functions and reductions': onImage(
    [],
    (graph, x) => {
      const positive = graph.add('square', { op: 'square', inputs: [x] });
      const root = graph.add('sqrt', { op: 'sqrt', inputs: [positive] });
      const one = { axes: [1], keepDims: false } as const;
      const sum = graph.add('sum', { op: 'reduceSum', inputs: [root], ...one });
      const inverse = graph.add('rsqrt', { op: 'rsqrt', inputs: [sum] });
      const mean = graph.add('mean', { op: 'reduceMean', inputs: [inverse], ...one });
      return graph.add('max', { op: 'reduceMax', inputs: [mean], axes: [1], keepDims: true });
    },
    (x) => {
      const sum = tf.sum(tf.abs(x), 1);
      return tf.max(tf.mean(tf.pow(sum, -0.5), 1), 1, true);
    },
  ),
  step: activation({ kind: 'step' }, (x) => tf.step(x)),
  relu: activation({ kind: 'relu' }, tf.relu),
  sigmoid: activation({ kind: 'sigmoid' }, tf.sigmoid),
  tanh: activation({ kind: 'tanh' }, tf.tanh),
  exp: activation({ kind: 'exp' }, tf.exp),
  softplus: activation({ kind: 'softplus' }, (x) => tf.log(tf.add(tf.exp(x), 1))),
  softsign: activation({ kind: 'softsign' }, (x) => tf.div(x, tf.add(1, tf.abs(x)))),
  selu: activation({ kind: 'selu' }, tf.selu),
  mish: activation({ kind: 'mish' }, (x) => tf.mul(x, tf.tanh(tf.log(tf.add(tf.exp(x), 1))))),
  clip: activation({ kind: 'clip', min: -1, max: 1.5 }, (x) => tf.clipByValue(x, -1, 1.5)),
  leakyRelu: activation({ kind: 'leakyRelu', alpha: 0.2 }, (x) => tf.maximum(x, tf.mul(x, 0.2))),
  elu: activation({ kind: 'elu', alpha: 0.5 }, (x) =>
    tf.where(tf.greater(x, 0), x, tf.mul(tf.sub(tf.exp(x), 1), 0.5)),
  ),
  hardSigmoid: activation({ kind: 'hardSigmoid', alpha: 0.2, beta: 0.5 }, (x) =>
    tf.clipByValue(tf.add(tf.mul(x, 0.2), 0.5), 0, 1),
  ),
  'gelu by tanh': activation({ kind: 'gelu', approximate: true }, (x) => {
    const inner = tf.mul(tf.add(x, tf.mul(tf.pow(x, 3), 0.044715)), Math.sqrt(2 / Math.PI));
    return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
  }),
};
