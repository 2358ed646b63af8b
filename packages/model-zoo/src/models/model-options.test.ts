import { describe, expect, it } from 'vitest';
import { type ModelOptions, modelSettings } from './model-options.js';

const rules = { defaultSize: 224, minSize: 32 };

describe('modelSettings', () => {
  it("has Keras's defaults", () => {
    expect(modelSettings({}, rules)).toEqual({
      includeTop: true,
      weights: 'imagenet',
      inputShape: [224, 224, 3],
      pooling: null,
      classes: 1000,
      classifierActivation: 'softmax',
    });
  });

  it('takes logits, and any number of classes with random weights', () => {
    const options = { weights: null, classes: 3, classifierActivation: null };
    expect(modelSettings(options, rules)).toMatchObject({
      classes: 3,
      classifierActivation: 'linear',
    });
    expect(modelSettings({ includeTop: false, classes: 3 }, rules).classes).toBe(3);
  });

  it.each<[string, object]>([
    ['includeTop must be true or false. Received: "no"', { includeTop: 'no' }],
    ['weights must be "imagenet", a path, a URL, a Blob or null. Received: 5', { weights: 5 }],
    ['weights must be "imagenet", a path, a URL, a Blob or null. Received: ""', { weights: '' }],
    ['pooling must be "avg", "max" or null. Received: "mean"', { pooling: 'mean' }],
    ['classes must be a positive integer. Received: 0', { weights: null, classes: 0 }],
    [
      'classes must be 1000 with the top and the weights of imagenet. Received: 10',
      { classes: 10 },
    ],
    [
      'classifierActivation must be "softmax" or null with loaded weights. Received: "sigmoid"',
      { weights: 'mine.h5', classifierActivation: 'sigmoid' },
    ],
    [
      'classifierActivation must be null or one of elu, gelu, linear, mish, relu',
      { weights: null, classifierActivation: 'sharp' },
    ],
    ['inputShape must be of at least 32 by 32 pixels', { weights: null, inputShape: [31, 31, 3] }],
  ])('%s', (message, options) => {
    expect(() => modelSettings(options as ModelOptions, rules)).toThrow(message);
  });
});
