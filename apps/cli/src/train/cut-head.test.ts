import '@tensorflow/tfjs-backend-cpu';
import * as layers from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { mobileNet, mobileNetV2 } from '@graftjs/model-zoo';
import { cutHead } from './cut-head.js';

const l = layers.layers;
const stack = (...list: layers.layers.Layer[]) =>
  layers.sequential({
    layers: [l.conv2d({ filters: 5, kernelSize: 3, inputShape: [8, 8, 3] }), ...list],
  });
const shapeOf = (model: layers.LayersModel) => cutHead(model).outputs[0]?.shape;

it('leaves what is below the layer that tells classes apart', () => {
  const pool = () => l.globalAveragePooling2d({});
  const dense = () => l.dense({ units: 2 });
  expect(shapeOf(stack(pool(), dense()))).toEqual([null, 5]);
  expect(shapeOf(stack(pool(), l.dropout({ rate: 0.5 }), dense(), l.softmax()))).toEqual([null, 5]);
  const hidden = l.dense({ units: 7, activation: 'relu' });
  expect(
    shapeOf(stack(l.flatten(), hidden, dense(), l.activation({ activation: 'softmax' }))),
  ).toEqual([null, 7]);
});

it('knows the heads of the zoo', async () => {
  const small = { weights: null, alpha: 0.35, inputShape: [32, 32, 3] } as const;
  expect(shapeOf(await mobileNetV2(small))).toEqual([null, 1280]);
  const model = await mobileNet({ ...small, alpha: 0.25 });
  const features = shapeOf(model);
  expect(features?.at(-1)).toBe(256);
});

it('leaves a network without a head as it is', () => {
  const model = stack(l.globalAveragePooling2d({}));
  expect(cutHead(model)).toBe(model);
  const maps = stack(l.activation({ activation: 'relu' }));
  expect(cutHead(maps)).toBe(maps);
});

it('shares the layers that it keeps', () => {
  const model = stack(l.flatten(), l.dense({ units: 2 }));
  expect(cutHead(model).layers.at(-1)).toBe(model.layers.at(-2));
});
