// Which convolutions take pixels as they come, and how; that the sums are the same is tested where models are run.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InferenceGraph } from '../graph/graph.js';
import { lowerModel } from '../lower/lower-model.js';
import { flattenPixels } from './flatten-pixels.js';
import { optimize } from '../passes/optimize.js';

type Settings = Parameters<typeof layers.conv2d>[0];

function graphOf(shape: (number | null)[], settings: Partial<Settings> = {}): InferenceGraph {
  const images = input({ shape });
  const convolution = layers.conv2d({ filters: 5, kernelSize: [3, 2], ...settings } as Settings);
  const outputs = convolution.apply(images) as SymbolicTensor;
  return optimize(lowerModel(model({ inputs: images, outputs })));
}

const operations = ({ nodes }: InferenceGraph) => nodes.map(({ op }) => op);

beforeAll(() => tf.setBackend('cpu'));

it('makes kernels, steps and padding as many times wider as there are channels', async () => {
  const graph = graphOf([9, 6, 3], { strides: [1, 2], padding: 'same', activation: 'relu' });
  const flat = flattenPixels(graph);
  expect(flat.nodes).toMatchObject([
    { op: 'reshape', shape: [null, 9, 18, 1] },
    { op: 'conv2d', strides: [1, 6], padding: [[1, 1], [0, 0]], activation: { kind: 'relu' } }, // prettier-ignore
  ]);
  const kernels = [graph, flat].map(({ nodes, constants }) =>
    constants.get(nodes.at(-1)?.inputs[1] as string),
  );
  expect(kernels.map((kernel) => kernel?.shape)).toEqual([[3, 2, 3, 5], [3, 6, 1, 5]]); // prettier-ignore
  expect(await kernels[1]?.read()).toEqual(await kernels[0]?.read());
  expect(flat.shapes.get(flat.nodes[0]?.output as string)).toEqual([null, 9, 18, 1]);
});

it('pads each side by as many pixels', () => {
  const flat = flattenPixels(graphOf([5, 5, 4], { kernelSize: 4, padding: 'same' }));
  expect(flat.nodes.at(-1)).toMatchObject({ padding: [[1, 2], [4, 8]] }); // prettier-ignore
});

describe('leaves alone', () => {
  it.each([
    ['images of many channels', [8, 8, 5], {}],
    ['images of a width that is not known', [8, null, 3], {}],
    ['pixels that lie apart', [8, 8, 3], { dilationRate: 2 }],
  ] as const)('%s', (_, shape, settings) => {
    const graph = graphOf([...shape], settings as Partial<Settings>);
    expect(operations(flattenPixels(graph))).toEqual(['conv2d']);
  });

  it('what comes of other operations', () => {
    const images = input({ shape: [8, 8, 3] });
    const pooled = layers.maxPooling2d({}).apply(images);
    const outputs = layers.conv2d({ filters: 2, kernelSize: 1 }).apply(pooled) as SymbolicTensor;
    const graph = optimize(lowerModel(model({ inputs: images, outputs })));
    expect(operations(flattenPixels(graph))).toEqual(['maxPool', 'conv2d']);
  });
});
