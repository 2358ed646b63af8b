// Every layer that has a form for prediction, in models of a few, run by ONNX Runtime beside the model itself.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as stock from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileForInference } from '@graftjs/inference';
import * as graft from '@graftjs/layers';
import { toBeCloseToTensor } from '@graftjs/test-utils';
import { fillByFormula, formulaTensor } from '@graftjs/test-utils/formula-weights';

expect.extend({ toBeCloseToTensor });

type Layer = stock.layers.Layer;

const { layers } = stock;
const image = [7, 6, 4];
const sequence = [9, 4];

const ofImages: Record<string, () => Layer[]> = {
  'stock Conv2D, strided, same': () => [
    layers.conv2d({ filters: 5, kernelSize: [3, 2], strides: 2, padding: 'same', activation: 'relu' }), // prettier-ignore
  ],
  'stock DepthwiseConv2D with two kernels a channel': () => [
    layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same', activation: 'elu' }), // prettier-ignore
  ],
  'stock SeparableConv2D': () => [
    layers.separableConv2d({ filters: 5, kernelSize: 3, strides: 2, padding: 'same' }),
  ],
  'Conv2D in groups': () => [graft.conv2d({ filters: 6, kernelSize: 3, groups: 2 })],
  'Conv2D dilated': () => [
    graft.conv2d({ filters: 6, kernelSize: 3, dilationRate: 2, padding: 'same' }),
  ],
  'DepthwiseConv2D dilated': () => [
    graft.depthwiseConv2d({ kernelSize: 3, dilationRate: [1, 2], depthMultiplier: 2 }),
  ],
  SeparableConv2D: () => [
    graft.separableConv2d({ filters: 3, kernelSize: 3, depthMultiplier: 2, activation: 'tanh' }),
  ],
  'transposed convolutions, and normalization after them': () => [
    layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: 'same' }),
    graft.batchNormalization(),
    graft.conv2dTranspose({ filters: 4, kernelSize: [2, 3], strides: [3, 2], activation: 'relu' }),
    graft.conv2dTranspose({ filters: 2, kernelSize: 4, strides: 2, padding: 'same', outputPadding: 1 }), // prettier-ignore
    graft.conv2dTranspose({ filters: 2, kernelSize: 3, dilationRate: 2, padding: 'same' }),
    graft.conv2dTranspose({ filters: 2, kernelSize: 1, strides: 2, padding: 'same' }),
  ],
  'normalization after convolutions of all kinds': () => [
    graft.conv2d({ filters: 6, kernelSize: 1 }),
    graft.batchNormalization(),
    layers.reLU({ maxValue: 6 }),
    graft.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, useBias: false }),
    layers.batchNormalization({ scale: false }),
    graft.separableConv2d({ filters: 4, kernelSize: 2, useBias: false }),
    graft.batchNormalization({ center: false }),
    layers.flatten(),
    layers.dense({ units: 5, activation: 'relu' }),
    graft.batchNormalization(),
    graft.batchNormalization(),
  ],
  'normalization before convolutions': () => [
    graft.batchNormalization(),
    graft.depthwiseConv2d({ kernelSize: 2, depthMultiplier: 2 }),
    graft.batchNormalization(),
    graft.conv2d({ filters: 3, kernelSize: 2 }),
    layers.activation({ activation: 'softplus' }),
    graft.batchNormalization(),
    layers.globalAveragePooling2d({}),
    graft.batchNormalization(),
    layers.dense({ units: 4, activation: 'softmax' }),
  ],
  'normalization before a padded convolution': () => [
    graft.batchNormalization(),
    graft.conv2d({ filters: 3, kernelSize: 3, padding: 'same' }),
  ],
  'normalization along another axis': () => [graft.batchNormalization({ axis: 1 })],
  'preprocessing before a convolution': () => [
    layers.rescaling({ scale: 2, offset: -1 }),
    graft.normalization({ mean: [0.1, 0.2, 0.3, 0.4], variance: [1, 2, 3, 4] }),
    graft.conv2d({ filters: 3, kernelSize: 3 }),
  ],
  'Normalization undone': () => [
    graft.normalization({ axis: null, mean: 0.5, variance: 2, invert: true }),
  ],
  'LayerNormalization, stock and of all axes': () => [
    layers.layerNormalization({}),
    graft.layerNormalization({ axis: [1, 2, 3], epsilon: 1e-5 }),
  ],
  'GroupNormalization and RMSNormalization': () => [
    graft.groupNormalization({ groups: 2 }),
    graft.rmsNormalization(),
    graft.unitNormalization(),
  ],
  LocalResponseNormalization: () => [
    graft.localResponseNormalization({ depthRadius: 1, bias: 2, alpha: 0.3, beta: 0.7 }),
  ],
  'padding before convolutions and pools': () => [
    layers.zeroPadding2d({ padding: [[1, 2], [0, 1]] }), // prettier-ignore
    graft.conv2d({ filters: 4, kernelSize: 3 }),
    layers.zeroPadding2d({ padding: 1 }),
    layers.maxPooling2d({ poolSize: 3, strides: 1 }),
    layers.reLU(),
    layers.zeroPadding2d({ padding: 1 }),
    layers.maxPooling2d({ poolSize: 3, strides: 2 }),
    layers.zeroPadding2d({ padding: 1 }),
    layers.averagePooling2d({ poolSize: 2, strides: 1 }),
  ],
  'pools with same padding': () => [
    layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
    graft.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
  ],
  'cropping and global pools': () => [
    layers.cropping2D({ cropping: [[1, 0], [2, 1]] }), // prettier-ignore
    graft.centerCrop({ height: 3, width: 2 }),
    graft.globalMaxPooling2d({ keepdims: true }),
    graft.conv2d({ filters: 3, kernelSize: 1 }),
    layers.reshape({ targetShape: [3] }),
    layers.reshape({ targetShape: [1, 1, 3] }),
    graft.conv2d({ filters: 2, kernelSize: 1 }),
    layers.flatten(),
  ],
  'Flatten between convolutions and dense layers': () => [
    graft.conv2d({ filters: 3, kernelSize: 2 }),
    layers.flatten(),
    layers.dropout({ rate: 0.5 }),
    layers.dense({ units: 4, activation: 'selu' }),
  ],
  'Permute and Reshape': () => [
    graft.conv2d({ filters: 3, kernelSize: 2 }),
    layers.permute({ dims: [3, 1, 2] }),
    layers.reshape({ targetShape: [-1, 5] }),
    layers.dense({ units: 4, activation: 'swish' }),
    layers.softmax({ axis: -1 }),
  ],
  'resizing and upsampling': () => [
    graft.resizing({ height: 5, width: 9 }),
    graft.upSampling2d({ size: [2, 1], interpolation: 'bilinear' }),
    layers.upSampling2d({ size: [1, 2] }),
    graft.resizing({ height: 7, width: 5, interpolation: 'nearest' }),
    layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' }),
  ],
  'layers that do nothing': () => [
    layers.gaussianNoise({ stddev: 1 }),
    layers.gaussianDropout({ rate: 0.5 }),
    graft.spatialDropout2d({ rate: 0.5 }),
    graft.stochasticDepth({ dropPathRate: 0.5 }),
    graft.randomFlip({ mode: 'horizontal' }),
    graft.identity(),
    graft.layerScale({ initValues: 0.5, projectionDim: 4 }),
  ],
  'softmax over channels, and gates': () => [
    graft.conv2d({ filters: 4, kernelSize: 1, activation: graft.kerasActivation('hard_silu') }),
    graft.softmax({ axis: 1 }),
  ],
};

const ofSequences: Record<string, () => Layer[]> = {
  'Conv1D causal, dilated, normalized': () => [
    graft.conv1d({ filters: 5, kernelSize: 3, dilationRate: 2, padding: 'causal' }),
    graft.batchNormalization(),
    layers.leakyReLU({ alpha: 0.1 }),
    graft.conv1d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }),
    layers.globalAveragePooling1d(),
  ],
  'stock Conv1D and pools': () => [
    layers.conv1d({ filters: 5, kernelSize: 2, activation: 'sigmoid' }),
    layers.maxPooling1d({ poolSize: 2, strides: 1 }),
    layers.averagePooling1d({ poolSize: 2, padding: 'same' }),
    layers.globalMaxPooling1d(),
    layers.repeatVector({ n: 3 }),
  ],
  'DepthwiseConv1D, SeparableConv1D, padding and cropping': () => [
    graft.zeroPadding1d({ padding: [1, 2] }),
    graft.depthwiseConv1d({ kernelSize: 3 }),
    graft.cropping1d({ cropping: [1, 0] }),
    graft.separableConv1d({ filters: 3, kernelSize: 2 }),
  ],
  Conv1DTranspose: () => [
    graft.conv1dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: 'same' }),
    graft.batchNormalization(),
    graft.conv1dTranspose({ filters: 2, kernelSize: 2, strides: 2, outputPadding: 1 }),
  ],
  'dense layers of each step': () => [
    layers.dense({ units: 3, useBias: false }),
    graft.batchNormalization(),
    graft.layerNormalization(),
    layers.dense({ units: 2 }),
  ],
};

const activations = [
  ...['relu', 'relu6', 'sigmoid', 'tanh', 'elu', 'selu', 'softplus', 'softsign', 'swish', 'mish'],
  ...['gelu', 'gelu_new', 'hardSigmoid', 'softmax', 'linear'],
  ...(['exponential', 'hard_sigmoid', 'hard_tanh', 'leaky_relu', 'sparse_sigmoid', 'celu'] as const).map(graft.kerasActivation), // prettier-ignore
];

beforeAll(() => tf.setBackend('cpu'));

async function expectSame(model: stock.LayersModel): Promise<void> {
  fillByFormula(model.layers);
  const xs = model.inputs.map(({ shape, name }) =>
    formulaTensor(name, [3, ...shape.slice(1).map((length) => length ?? 8)], [-2, 2]),
  );
  const predictor = await compileForInference(model, { engine: 'onnxruntime', threads: 1 });
  const [found, expected] = [await predictor.predict(xs), model.predict(xs)].map((each) => [each].flat()); // prettier-ignore
  expect(found?.length).toBe(model.outputs.length);
  for (const [i, output] of (expected as tf.Tensor[]).entries()) {
    expect(found?.[i]).toBeCloseToTensor(output, 1e-5);
  }
  await predictor.dispose();
  tf.disposeVariables();
}

function stacked(inputShape: (number | null)[], all: Layer[]): stock.LayersModel {
  const input = stock.input({ shape: inputShape });
  const outputs = all.reduce((x, layer) => layer.apply(x) as stock.SymbolicTensor, input);
  return stock.model({ inputs: input, outputs });
}

describe('ONNX Runtime gives what the model gives', () => {
  it.each(Object.entries(ofImages))('%s', (_, make) => expectSame(stacked(image, make())));
  it.each(Object.entries(ofSequences))('%s', (_, make) => expectSame(stacked(sequence, make())));

  it('activations', async () => {
    const input = stock.input({ shape: [5] });
    const outputs = activations.map((activation) =>
      layers.dense({ units: 4, activation: activation as 'relu' }).apply(input),
    );
    await expectSame(stock.model({ inputs: input, outputs: outputs as stock.SymbolicTensor[] }));
  });

  it('images of any size', () =>
    expectSame(
      stacked(
        [null, null, 3],
        [
          graft.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }),
          graft.batchNormalization(),
          layers.reLU(),
          layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
          layers.upSampling2d({ size: [2, 2] }),
          graft.globalAveragePooling2d(),
        ],
      ),
    ));

  it('branches, several inputs and outputs, layers called twice, models within models', async () => {
    const inner = stock.sequential({
      layers: [
        graft.conv2d({ filters: 4, kernelSize: 1, inputShape: image }),
        graft.batchNormalization(),
      ],
    });
    const [a, b] = [stock.input({ shape: image }), stock.input({ shape: image })];
    const [p, q] = [a, b].map((x) => inner.apply(x) as stock.SymbolicTensor) as [stock.SymbolicTensor, stock.SymbolicTensor]; // prettier-ignore
    const merge = (layer: Layer, ...inputs: stock.SymbolicTensor[]) => layer.apply(inputs) as stock.SymbolicTensor; // prettier-ignore
    const vector = graft.globalAveragePooling2d().apply(q) as stock.SymbolicTensor;
    const gate = layers.reshape({ targetShape: [1, 1, 4] }).apply(vector) as stock.SymbolicTensor;
    const outputs = [
      merge(layers.add(), p, q, a),
      merge(layers.multiply(), p, gate),
      merge(layers.multiply(), p, vector),
      merge(layers.average(), p, q),
      merge(graft.maximum(), p, q),
      merge(graft.minimum(), p, a),
      merge(graft.subtract(), p, q),
      merge(graft.customScaleLayer({ scale: 0.3 }), p, q),
      merge(layers.concatenate({ axis: 1 }), p, q),
      merge(layers.concatenate(), p, q, b),
      q,
      b,
    ];
    await expectSame(stock.model({ inputs: [a, b], outputs }));
  });

  it('Normalization by weights', async () => {
    const layer = graft.normalization();
    const model = stacked([4], [layer]);
    const x = formulaTensor('x', [20, 4], [-3, 5]);
    layer.adapt(x);
    const predictor = await compileForInference(model, { engine: 'onnxruntime', threads: 1 });
    expect(await predictor.predict(x)).toBeCloseToTensor(model.predict(x) as tf.Tensor, 1e-5);
  });

  it('numbers of words', async () => {
    const model = stock.sequential({
      layers: [
        layers.embedding({ inputDim: 10, outputDim: 4, inputLength: 6 }),
        layers.globalAveragePooling1d(),
        layers.dense({ units: 2 }),
      ],
    });
    const words = tf.tensor2d([[1, 2, 3, 0, 9, 8]], [1, 6], 'int32');
    for (const x of [words, tf.cast(words, 'float32')]) {
      const predictor = await compileForInference(model, { engine: 'onnxruntime', threads: 1 });
      expect(await predictor.predict(x)).toBeCloseToTensor(model.predict(x) as tf.Tensor, 1e-5);
    }
  });
});
