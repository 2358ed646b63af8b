// The options of the MobileNets; what they compute is compared with Keras in keras-outputs.test.ts.

import '@tensorflow/tfjs-backend-cpu';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import { mobileNet, type MobileNetOptions } from './mobilenet.js';
import { mobileNetV2, type MobileNetV2Options } from './mobilenet-v2.js';

vi.mock('../weights/load-zoo-weights.js', () => ({ loadZooWeights: () => Promise.resolve() }));
afterEach(() => tf.disposeVariables());

describe('with the weights of imagenet', () => {
  it.each([128, 160, 192, 224])('mobileNet takes %d pixels', async (size) => {
    const model = await mobileNet({ inputShape: [size, size, 3], alpha: 0.25 });
    expect(model.name).toBe(`mobilenet_0.25_${size}`);
  });

  it('mobileNetV2 takes 96 pixels', async () => {
    const model = await mobileNetV2({ inputShape: [96, 96, 3], alpha: 1.3 });
    expect(model.name).toBe('mobilenetv2_1.30_96');
  });

  it.each<[string, MobileNetOptions]>([
    ['inputShape must be [224, 224, 3] with the top', { inputShape: [96, 96, 3] }],
    ['inputShape must be [224, 224, 3] with the top', { inputShape: [128, 160, 3] }],
    [
      'alpha must be 0.25, 0.5, 0.75 or 1 with the weights of imagenet. Received: 0.3',
      { alpha: 0.3 },
    ],
    ['depthMultiplier must be 1 with the weights of imagenet. Received: 2', { depthMultiplier: 2 }],
  ])('mobileNet: %s', async (message, options) => {
    await expect(mobileNet(options)).rejects.toThrow(message);
  });

  it('mobileNetV2 takes the alphas that were published', async () => {
    await expect(mobileNetV2({ alpha: 0.25 })).rejects.toThrow(
      'alpha must be 0.35, 0.5, 0.75, 1, 1.3 or 1.4 with the weights of imagenet. Received: 0.25',
    );
  });
});

describe('with any weights', () => {
  it.each<[string, MobileNetOptions]>([
    ['alpha must be positive. Received: 0', { alpha: 0 }],
    ['depthMultiplier must be a positive integer. Received: 0.5', { depthMultiplier: 0.5 }],
    ['dropout must be in [0, 1). Received: 1', { dropout: 1 }],
    ['inputShape must be [height, width, channels]. Received: 224', { inputShape: 224 as never }],
  ])('mobileNet: %s', async (message, options) => {
    await expect(mobileNet({ ...options, weights: null })).rejects.toThrow(message);
  });

  it.each<[string, MobileNetV2Options]>([
    ['alpha must be positive. Received: NaN', { alpha: NaN }],
    ['inputShape must be of at least 32 by 32 pixels', { inputShape: [16, 16, 3] }],
  ])('mobileNetV2: %s', async (message, options) => {
    await expect(mobileNetV2({ ...options, weights: null })).rejects.toThrow(message);
  });
});
