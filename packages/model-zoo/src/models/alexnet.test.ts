import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import { alexNet } from './alexnet.js';

it('has the layers of the table in "Hands-On Machine Learning"', async () => {
  const model = await alexNet();
  const shapes = model.layers.map(({ name, outputShape }) => [
    name,
    outputShape.slice(1).join(' × '),
  ]);
  expect(Object.fromEntries(shapes)).toMatchObject({
    ...{ c1: '55 × 55 × 96', s2: '27 × 27 × 96', c3: '27 × 27 × 256', s4: '13 × 13 × 256' },
    ...{ c5: '13 × 13 × 384', c6: '13 × 13 × 384', c7: '13 × 13 × 256', s8: '6 × 6 × 256' },
    ...{ f9: '4096', f10: '4096', predictions: '1000' },
  });
  const settings = (name: string) => model.getLayer(name).getConfig();
  expect(settings('c1')).toMatchObject({ kernelSize: [11, 11], strides: [4, 4], padding: 'valid' });
  expect(settings('c3')).toMatchObject({ kernelSize: [5, 5], strides: [1, 1], padding: 'same' });
  for (const name of ['s2', 's4', 's8']) {
    expect(settings(name)).toMatchObject({ poolSize: [3, 3], strides: [2, 2], padding: 'valid' });
  }
  const lrn = { depthRadius: 2, bias: 2, alpha: 1e-4, beta: 0.75 };
  expect([settings('c1_lrn'), settings('c3_lrn')]).toMatchObject([lrn, lrn]);
  expect([settings('f9_dropout'), settings('f10_dropout')]).toMatchObject([
    { rate: 0.5 },
    { rate: 0.5 },
  ]);
  model.dispose();
});

it('refuses a dropout that leaves nothing', async () => {
  await expect(alexNet({ dropout: 1 })).rejects.toThrow('dropout must be in [0, 1). Received: 1');
});

it('has no weights of ImageNet to give', async () => {
  await expect(alexNet({ weights: 'imagenet' })).rejects.toThrow('weights of AlexNet');
});
