import { describe, expect, it } from 'vitest';
import { imageShape, type ImageShape } from './image-shape.js';

const rules = { defaultSize: 224, minSize: 32 };
const topless = { includeTop: false, isImagenet: false };
const classifier = { includeTop: true, isImagenet: false };

describe('imageShape', () => {
  it('is the size that the model was made for, or any size without the top', () => {
    expect(imageShape(undefined, classifier, rules)).toEqual([224, 224, 3]);
    expect(imageShape(undefined, topless, rules)).toEqual([null, null, 3]);
    expect(imageShape(undefined, topless, { ...rules, needsSize: true })).toEqual([224, 224, 3]);
  });

  it('is what was asked for', () => {
    expect(imageShape([32, 40, 1], classifier, rules)).toEqual([32, 40, 1]);
    expect(imageShape([null, 64, 5], topless, rules)).toEqual([null, 64, 5]);
    const pretrained = { ...topless, isImagenet: true };
    expect(imageShape([50, 60, 3], pretrained, rules)).toEqual([50, 60, 3]);
    expect(imageShape([50, 60, 3], pretrained, { ...rules, needsSize: true })).toEqual([50, 60, 3]);
  });

  it.each<[string, ImageShape, object, string]>([
    ['too low', [31, 64, 3], topless, 'of at least 32 by 32 pixels. Received: [31,64,3]'],
    ['too narrow', [null, 31, 3], topless, 'of at least 32 by 32 pixels. Received: [null,31,3]'],
    ['open with the top', [null, 64, 3], classifier, 'of known height and width with the top'],
    ['grey for ImageNet', [64, 64, 1], { ...topless, isImagenet: true }, 'of 3 channels with the'],
    [
      'another size for a classifier of ImageNet',
      [64, 64, 3],
      { ...classifier, isImagenet: true },
      '[224, 224, 3] with the top and the weights of imagenet. Received: [64,64,3]',
    ],
    ['flat', [64, 64] as unknown as ImageShape, topless, '[height, width, channels]'],
    ['fractional', [64, 64.5, 3], topless, '[height, width, channels]. Received: [64,64.5,3]'],
    ['without channels', [64, 64, null as unknown as number], topless, '[height, width, channels]'],
  ])('is refused when it is %s', (_, shape, asked, message) => {
    expect(() => imageShape(shape, { ...classifier, ...asked }, rules)).toThrow(
      `inputShape must be ${message}`,
    );
  });

  it('is refused when it is open for a model that needs it', () => {
    expect(() => imageShape([null, 64, 3], topless, { ...rules, needsSize: true })).toThrow(
      'inputShape must be of known height and width. Received: [null,64,3]',
    );
  });
});
