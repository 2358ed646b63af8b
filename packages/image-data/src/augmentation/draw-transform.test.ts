// What is drawn: by seed, epoch and place alone, within the ends, and as evenly as it should be.

import { describe, expect, it } from 'vitest';
import type { RandomOptions } from './augment-options.js';
import { drawTransform } from './draw-transform.js';
import type { ImageTransform } from './image-transform.js';

const size = [40, 100] as const;
const draws = (options: RandomOptions, count = 2000) =>
  Array.from({ length: count }, (_, index) =>
    drawTransform(options, size, { seed: 3, epoch: 1, index }),
  );
const values = (options: RandomOptions, name: keyof ImageTransform, count?: number) =>
  draws(options, count).map((transform) => transform[name] as number);

describe('drawTransform', () => {
  it.each<[string, RandomOptions, keyof ImageTransform, number, number]>([
    ['rotation', { rotationRange: 30 }, 'theta', -30, 30],
    ['a fraction of the width', { widthShiftRange: 0.2 }, 'tx', -20, 20],
    ['a fraction of the height', { heightShiftRange: 0.2 }, 'ty', -8, 8],
    ['pixels', { widthShiftRange: 2.5 }, 'tx', -2.5, 2.5],
    ['shear', { shearRange: 12 }, 'shear', -12, 12],
    ['zoom by a number', { zoomRange: 0.3 }, 'zx', 0.7, 1.3],
    ['zoom between', { zoomRange: [0.5, 0.9] }, 'zy', 0.5, 0.9],
    ['channel shift', { channelShiftRange: 40 }, 'channelShiftIntensity', -40, 40],
    ['brightness', { brightnessRange: [0.4, 1.2] }, 'brightness', 0.4, 1.2],
  ])('is uniform between its ends: %s', (_, options, name, low, high) => {
    const drawn = values(options, name);
    const [range, mean] = [high - low, drawn.reduce((sum, x) => sum + x, 0) / drawn.length];
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(low);
    expect(Math.max(...drawn)).toBeLessThan(high);
    // Of 2000 draws the ends are near, and the mean is within five standard deviations.
    expect(Math.min(...drawn) - low).toBeLessThan(0.01 * range);
    expect(high - Math.max(...drawn)).toBeLessThan(0.01 * range);
    expect(Math.abs(mean - (low + high) / 2)).toBeLessThan(0.033 * range);
  });

  it.each<[string, RandomOptions, number[]]>([
    ['whole pixels', { widthShiftRange: 3 }, [-2, -1, 0, 1, 2]],
    ['a list of pixels', { widthShiftRange: [4, 7.5] }, [-7.5, -4, 4, 7.5]],
    ['a list of fractions', { widthShiftRange: [0.1, 0.25] }, [-25, -10, 10, 25]],
  ])('chooses shifts: %s', (_, options, expected) => {
    const seen = new Set(values(options, 'tx', 200).map((x) => x + 0));
    expect([...seen].sort((a, b) => a - b)).toEqual(expected);
  });

  it.each(['flipHorizontal', 'flipVertical'] as const)(
    '%s happens to every second image',
    (name) => {
      const option = name === 'flipHorizontal' ? 'horizontalFlip' : 'verticalFlip';
      const flips = draws({ [option]: true }).filter((transform) => transform[name]).length;
      expect(Math.abs(flips - 1000)).toBeLessThan(112);
      expect(draws({ [option]: false }, 50).some((transform) => transform[name])).toBe(false);
    },
  );

  it('follows from seed, epoch and index, and from nothing else', () => {
    const options = { rotationRange: 90 };
    const angle = (seed: number, epoch: number, index: number) =>
      drawTransform(options, size, { seed, epoch, index }).theta;
    expect(angle(1, 2, 3)).toBe(angle(1, 2, 3));
    const others = [angle(1, 2, 3), angle(2, 2, 3), angle(1, 3, 3), angle(1, 2, 4), angle(1, 3, 2)];
    expect(new Set(others).size).toBe(5);
  });

  it('draws for an option the same whatever else is on', () => {
    const alone = draws({ zoomRange: 0.2 }, 5);
    const among = draws(
      { rotationRange: 5, zoomRange: 0.2, colorJitter: { hue: 0.1 }, horizontalFlip: true },
      5,
    );
    alone.forEach(({ zx, zy }, i) => expect(among[i]).toMatchObject({ zx, zy }));
  });

  it('crops parts of the shares and shapes that are asked for', () => {
    for (const { crop } of draws(
      { randomResizedCrop: { scale: [0.2, 0.5], ratio: [0.5, 2] } },
      500,
    )) {
      const { top, left, height, width } = crop!;
      expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
      expect(top + height).toBeLessThanOrEqual(40 + 1e-9);
      expect(left + width).toBeLessThanOrEqual(100 + 1e-9);
      const [share, shape] = [(height * width) / 4000, width / height];
      expect(share).toBeGreaterThanOrEqual(0.2 - 1e-9);
      expect(share).toBeLessThanOrEqual(0.5 + 1e-9);
      expect(shape).toBeGreaterThanOrEqual(0.5 - 1e-9);
      expect(shape).toBeLessThanOrEqual(2 + 1e-9);
    }
    // Where none fits: the middle.
    const [{ crop }] = draws({ randomResizedCrop: { scale: [1, 1], ratio: [1, 1] } }, 1) as [
      ImageTransform,
    ];
    expect(crop).toEqual({ top: 0, left: 30, height: 40, width: 40 });
  });

  it('erases boxes inside the image, as often as it should', () => {
    const options = { randomErasing: { probability: 0.25, scale: [0.1, 0.2] as const, value: 9 } };
    const boxes = draws(options).flatMap(({ erase }) => (erase ? [erase] : []));
    expect(Math.abs(boxes.length - 500)).toBeLessThan(97);
    for (const { top, left, height, width, value } of boxes) {
      expect([top, left, height, width].every(Number.isInteger)).toBe(true);
      expect(top + height).toBeLessThanOrEqual(40);
      expect(left + width).toBeLessThanOrEqual(100);
      expect(value).toBe(9);
      expect(Math.abs((height * width) / 4000 - 0.15)).toBeLessThan(0.06);
    }
  });

  it('jitters colours in any order', () => {
    const jitter = { brightness: 0.2, contrast: [0.5, 0.6] as const, saturation: 2, hue: 0.1 };
    const orders = new Set<string>();
    for (const { color = [] } of draws({ colorJitter: jitter }, 500)) {
      orders.add(color.map((step) => Object.keys(step)[0]).join());
      const factors = Object.assign({}, ...color) as Record<string, number>;
      expect(Math.abs(factors.brightness! - 1)).toBeLessThanOrEqual(0.2);
      expect(Math.abs(factors.contrast! - 0.55)).toBeLessThanOrEqual(0.05 + 1e-9);
      expect(Math.abs(factors.saturation! - 1.5)).toBeLessThanOrEqual(1.5);
      expect(Math.abs(factors.hue!)).toBeLessThanOrEqual(0.1);
    }
    expect(orders.size).toBe(24);
  });

  it('has all operations of RandAugment, of one strength, added up', () => {
    const drawn = draws({ randAugment: { numOps: 2, magnitude: 15 } });
    const names = new Set(
      drawn.flatMap(({ color = [], ...rest }) => [
        ...Object.keys(rest),
        ...color.map((step) => Object.keys(step)[0]),
      ]),
    );
    expect([...names].sort()).toEqual(
      [
        ...['autoContrast', 'brightness', 'contrast', 'equalize', 'posterize', 'saturation'],
        ...['sharpness', 'shearX', 'shearY', 'solarize', 'theta', 'tx', 'ty'],
      ].sort(),
    );
    const angles = new Set(drawn.flatMap(({ theta }) => (theta === undefined ? [] : [theta])));
    expect([...angles].sort((a, b) => a - b)).toEqual([-30, -15, 0, 15, 30]);
  });

  it.each<[RandomOptions, string]>([
    [{ rotationRange: -1 }, 'rotationRange must be a finite number of at least 0. Received: -1'],
    [{ widthShiftRange: [] }, 'widthShiftRange must be a number of at least 0, or a list of such.'],
    [{ heightShiftRange: NaN }, 'heightShiftRange must be a number of at least 0'],
    [{ zoomRange: [1.2, 0.8] }, 'zoomRange must be two numbers in order, the first at least 0.'],
    [{ zoomRange: 2 }, 'zoomRange must be a number from 0 to 1. Received: 2'],
    [{ brightnessRange: [-1, 1] }, 'brightnessRange must be two numbers in order'],
    [
      { colorJitter: { hue: 0.6 } },
      'colorJitter.hue must be a number from 0 to 0.5. Received: 0.6',
    ],
    [{ randAugment: { numOps: 0 } }, 'randAugment.numOps must be a positive integer. Received: 0'],
    [{ randAugment: { magnitude: 31 } }, 'randAugment.magnitude must be a number from 0 to 30.'],
    [
      { randomErasing: { probability: 2 } },
      'randomErasing.probability must be a number from 0 to 1.',
    ],
    [
      { randomResizedCrop: { scale: [0, 1] } },
      'randomResizedCrop.scale must be above 0 and up to 1.',
    ],
  ])('refuses %o', (options, message) => {
    expect(() => draws(options, 1)).toThrow(message);
  });

  it.each([
    [{ seed: 0.5 }, 'seed must be an integer. Received: 0.5'],
    [{ epoch: -1 }, 'epoch must be an integer of at least 0, below 2^32. Received: -1'],
    [{ index: 2 ** 32 }, 'index must be an integer of at least 0, below 2^32.'],
  ])('refuses the place %o', (wrong, message) => {
    const place = { seed: 1, epoch: 0, index: 0, ...wrong };
    expect(() => drawTransform({}, size, place)).toThrow(message);
  });
});
