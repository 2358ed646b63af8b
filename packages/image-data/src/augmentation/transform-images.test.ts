// Against Keras's ImageDataGenerator, to 1e-4 of 255, and against Pillow, which rounds as it goes.

import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import type { FillMode } from './fill-mode.js';
import type { ImageTransform } from './image-transform.js';
import { transformImages } from './transform-images.js';

type Shape = [number, number, number];
interface Case {
  readonly fillMode: FillMode;
  readonly interpolationOrder: 0 | 1;
  readonly transform: Readonly<Record<string, unknown>>;
  readonly output: number[];
}
interface Images {
  readonly shape: Shape;
  readonly values: number[];
  readonly cases: Case[];
}
interface Transforms {
  readonly cval: number;
  readonly square: Images;
  readonly oblong: Images;
  readonly colors: Images[];
}

const read = (name: string): unknown =>
  JSON.parse(
    readFileSync(
      new URL(`../../../../reference/fixtures/image-generator/${name}.json`, import.meta.url),
      'utf8',
    ),
  );
const keras = read('transforms') as Transforms;
const pillow = read('pillow') as Images;
const equalized = read('equalize') as Images;

function camelCase(transform: Case['transform']): ImageTransform {
  return Object.fromEntries(
    Object.entries(transform).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

/** All cases as one batch: so each is also computed among others. */
function largestErrors(
  { shape, values, cases }: Images,
  compute: (images: tf.Tensor4D, transforms: ImageTransform[]) => tf.Tensor,
): number[] {
  const images = tf.tile(tf.tensor4d(values, [1, ...shape]), [cases.length, 1, 1, 1]);
  const result = compute(
    images as tf.Tensor4D,
    cases.map(({ transform }) => camelCase(transform)),
  ).dataSync();
  return cases.map(({ output }, i) =>
    Math.max(
      ...output.map((value, j) => Math.abs(value - (result[i * output.length + j] as number))),
    ),
  );
}

const expectSmall = (errors: number[], cases: Case[], most: number) =>
  errors.forEach((error, i) =>
    expect(error, JSON.stringify(cases[i]?.transform)).toBeLessThanOrEqual(most),
  );

const fills = ['nearest', 'constant', 'reflect', 'wrap'] as const;

describe.each([
  ['square', 0],
  ['square', 1],
  ['oblong', 1],
] as const)(
  'geometry of %s images, order %d, is what Keras computes',
  (name, interpolationOrder) => {
    it.each(fills)('%s', (fillMode) => {
      const all = keras[name];
      const cases = all.cases.filter(
        (each) => each.fillMode === fillMode && each.interpolationOrder === interpolationOrder,
      );
      expect(cases.length).toBeGreaterThan(3);
      const images = { ...all, cases };
      const settings = { fillMode, interpolationOrder, cval: keras.cval };
      const errors = largestErrors(images, (x, transforms) =>
        transformImages(x, transforms, settings),
      );
      expectSmall(errors, cases, 255e-6);
    });
  },
);

it.each(keras.colors.map((images) => [Math.max(...images.values), images] as const))(
  'colours of an image up to %d are what Keras computes',
  (greatest, images) => {
    const errors = largestErrors(images, transformImages);
    expectSmall(errors, images.cases, greatest <= 255 ? 0 : 255e-6);
  },
);

it('other changes of colour are near what Pillow computes, and those by table equal it', () => {
  const errors = largestErrors(pillow, transformImages);
  // Each of Pillow's steps cuts off a unit, the mean and the grey are rounded by half of one.
  pillow.cases.forEach(({ transform }, i) => {
    const steps = Array.isArray(transform.color) ? transform.color.length : 1;
    const most = 'posterize' in transform || 'solarize' in transform ? 0 : steps + 0.5;
    expect(errors[i], JSON.stringify(transform)).toBeLessThanOrEqual(most);
  });
});

it('equalizes whole numbers as Pillow does, and no image of few pixels', () => {
  expect(equalized.cases.length).toBe(2);
  expectSmall(largestErrors(equalized, transformImages), equalized.cases, 0);
  const few = tf.tensor4d([1, 2, 250], [1, 1, 3, 1]);
  expect(Array.from(transformImages(few, [{ equalize: true }]).dataSync())).toEqual([1, 2, 250]);
});

it('leaves images alone that nothing happens to, and as many tensors as there were', async () => {
  const images = tf.randomUniform([3, 4, 5, 3], 0, 255) as tf.Tensor4D;
  const all = { theta: 20, brightness: 1.2, color: [{ hue: 0.1 }], sharpness: 2, posterize: 4 };
  const erase = { top: 1, left: 2, height: 2, width: 3, value: 7 };
  const some = [{}, { ...all, solarize: 100, autoContrast: true, erase }, {}];
  await expectNoLeak(() => {
    const result = transformImages(images, some);
    const [before, after] = [images.dataSync(), result.dataSync()];
    expect(after.subarray(0, 60)).toEqual(before.subarray(0, 60));
    expect(after.subarray(120)).toEqual(before.subarray(120));
    const erased = (y: number, x: number) => after[60 + (5 * y + x) * 3];
    expect([erased(1, 2), erased(2, 4)]).toEqual([7, 7]);
    expect([erased(1, 1), erased(0, 2)]).not.toContain(7);
    result.dispose();
  });
});

it('smooths nothing of images that are all edge, and erases no more than there is', () => {
  const thin = tf.tensor4d([10, 200, 30, 40], [1, 2, 2, 1]);
  expect(Array.from(transformImages(thin, [{ sharpness: 0 }]).dataSync())).toEqual([
    10, 200, 30, 40,
  ]);
  const erase = { top: 1, left: 1, height: 5, width: 5, value: 9 };
  expect(Array.from(transformImages(thin, [{ erase }]).dataSync())).toEqual([10, 200, 30, 9]);
  const aside = { top: -1, left: -1, height: 2, width: 2, value: 9 };
  expect(Array.from(transformImages(thin, [{ erase: aside }]).dataSync())).toEqual([
    9, 200, 30, 40,
  ]);
});

it('sees only the crop, enlarged', () => {
  const ramp = tf.tensor4d([0, 10, 20, 30], [1, 1, 4, 1]);
  const crop = { top: 0, left: 1, height: 1, width: 2 };
  // The half of a pixel beyond the crop comes from its neighbour.
  const result = transformImages(ramp, [{ crop }]).dataSync();
  expect(Array.from(result)).toEqual([7.5, 12.5, 17.5, 22.5]);
});

it('turns hues: a third of the circle makes green of red, near enough', () => {
  const red = tf.tensor4d([100, 50, 50], [1, 1, 1, 3]);
  const [r, g, b] = transformImages(red, [{ color: [{ hue: -1 / 3 }] }]).dataSync();
  expect(0.299 * r! + 0.587 * g! + 0.114 * b!).toBeCloseTo(0.299 * 100 + 0.701 * 50, 3);
  expect(Math.max(r!, g!, b!)).toBe([r, g, b][1]);
  const back = transformImages(red, [{ color: [{ hue: 1 / 3 }, { hue: 2 / 3 }] }]).dataSync();
  expect(back[0]).toBeCloseTo(100, 2);
});

describe('refuses', () => {
  const images = tf.zeros([2, 3, 3, 2]) as tf.Tensor4D;
  it.each<[string, () => unknown, string]>([
    [
      'images',
      () => transformImages(tf.zeros([2, 3]) as never, []),
      'images must be images [batch,',
    ],
    [
      'number',
      () => transformImages(images, [{}]),
      'transforms must be one for each of the 2 images',
    ],
    [
      'fillMode',
      () => transformImages(images, [{}, {}], { fillMode: 'mirror' as never }),
      'fillMode must be one of nearest, constant, reflect, wrap. Received: "mirror"',
    ],
    [
      'order',
      () => transformImages(images, [{}, {}], { interpolationOrder: 3 as never }),
      'interpolationOrder must be 0 or 1. Received: 3',
    ],
    [
      'angle',
      () => transformImages(images, [{}, { theta: NaN }]),
      'transforms must be of finite numbers. Received: {"theta":null}',
    ],
    [
      'channels',
      () => transformImages(images, [{ color: [{ hue: 0.1 }] }, {}]),
      'color must be for images of one or three channels. Received: 2',
    ],
  ])('another %s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
