// Every model of the zoo in groups: stages as the papers count them, and nothing left out.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, model as makeModel, sequential } from '@tensorflow/tfjs-layers';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { afterEach, expect, it, vi } from 'vitest';
import { type ModelName, modelNames, zooModel } from '../models/registry.js';
import { familyGroups } from './family-groups.js';

// Models that wait for weights start as zeros, which takes no time.
vi.mock('../weights/load-zoo-weights.js', () => ({ loadZooWeights: () => Promise.resolve() }));
const comesLater = new Blob();

afterEach(() => tf.disposeVariables());

const mobile = ['bn_Conv1', 'expanded_conv_project_BN'];
const denseNet = ['conv1_bn', 'pool2_conv', 'pool3_conv', 'pool4_conv', 'bn'];
/** The last layer with weights of each group before the head. */
const lastLayers: Record<ModelName, readonly string[]> = {
  alexNet: ['c1', 'c3', 'c7'],
  ...{ denseNet121: denseNet, denseNet169: denseNet, denseNet201: denseNet },
  efficientNetLite0: [
    ...['stem_bn', 'block1a_project_bn', 'block2b_project_bn', 'block3b_project_bn'],
    ...['block4c_project_bn', 'block5c_project_bn', 'block6d_project_bn', 'top_bn'],
  ],
  inceptionResNetV2: ['batch_normalization_4', 'block35_10_conv', 'block17_20_conv', 'conv_7b_bn'],
  inceptionV3: [4, 25, 69, 93].map((n) => `batch_normalization_${n}`),
  mobileNet: ['conv1_bn', ...[1, 3, 5, 11, 13].map((n) => `conv_pw_${n}_bn`)],
  mobileNetV2: [...mobile, ...[2, 5, 9, 12, 15].map((n) => `block_${n}_project_BN`), 'Conv_1_bn'],
  nasNetLarge: ['stem_2', 'reduce_6', 'reduce_12'].map(reduction).concat(normal(18)),
  nasNetMobile: ['stem_2', 'reduce_4', 'reduce_8'].map(reduction).concat(normal(12)),
  resNet50: resNet(3, 4, 6, 3),
  resNet101: resNet(3, 4, 23, 3),
  resNet152: resNet(3, 8, 36, 3),
  resNet50V2: resNetV2(3, 4, 6),
  resNet101V2: resNetV2(3, 4, 23),
  resNet152V2: resNetV2(3, 8, 36),
  vgg16: [2, 2, 3, 3, 3].map((n, i) => `block${i + 1}_conv${n}`),
  vgg19: [2, 2, 4, 4, 4].map((n, i) => `block${i + 1}_conv${n}`),
  xception: [
    ...['block1_conv2_bn', 'batch_normalization_2', 'block12_sepconv3_bn', 'block14_sepconv2_bn'],
  ],
};

function reduction(id: string): string {
  return `separable_conv_2_bn_reduction_left4_${id}`;
}
function normal(cell: number): string {
  return `separable_conv_2_bn_normal_left5_${cell}`;
}
function resNet(...depths: number[]): string[] {
  return ['conv1_bn', ...depths.map((blocks, i) => `conv${i + 2}_block${blocks}_3_bn`)];
}
function resNetV2(...depths: number[]): string[] {
  const stages = depths.map((blocks, i) => `conv${i + 2}_block${blocks}_3_conv`);
  return ['conv1_conv', ...stages, 'post_bn'];
}

it.each(modelNames)('%s has its stages, then a head', async (name) => {
  const model = await zooModel(name, { weights: comesLater });
  const groups = familyGroups(model) ?? [];
  const stages = lastLayers[name].slice(1).map((_, i) => `stage${i + 1}`);
  expect(groups.map((group) => group.name)).toEqual(['stem', ...stages, 'head']);
  const last = groups.map(({ layers: own }) => own.findLast(({ weights }) => weights.length)?.name);
  const classifier = name === 'mobileNet' ? 'conv_preds' : 'predictions';
  expect(last).toEqual([...lastLayers[name], classifier]);
  const all = groups.flatMap(({ layers: own }) => own);
  expect(new Set(all)).toEqual(new Set(model.layers));
  expect(all).toHaveLength(model.layers.length);
  const groupOf = new Map(groups.flatMap((group, i) => group.layers.map((layer) => [layer, i])));
  const backwards = all.flatMap((layer) =>
    layer.inboundNodes.flatMap(({ inboundLayers }) =>
      inboundLayers.filter((source) => groupOf.get(source)! > groupOf.get(layer)!),
    ),
  );
  expect(backwards).toEqual([]);
});

const small = { weights: comesLater, includeTop: false, pooling: 'avg', alpha: 0.35 } as const;

it('knows a part of a network, and a head that was put on it', async () => {
  const base = await zooModel('mobileNetV2', small);
  const namesOf = (model: LayersModel) => familyGroups(model)?.map(({ name }) => name);
  const part = makeModel({
    inputs: base.inputs,
    outputs: base.getLayer('block_4_expand_relu').output as SymbolicTensor,
  });
  expect(namesOf(part)).toEqual(['stem', 'stage1', 'stage2', 'stage3']);
  const head = layers.dense({ units: 2, name: 'mine' });
  const grafted = makeModel({
    inputs: base.inputs,
    outputs: head.apply(base.outputs[0]!) as SymbolicTensor,
  });
  expect(
    familyGroups(grafted)
      ?.at(-1)
      ?.layers.map(({ name }) => name),
  ).toEqual([...['global_average_pooling2d', 'mine']]);
});

it('does not know other models', () => {
  const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [2] })] });
  expect(familyGroups(model)).toBeUndefined();
});
