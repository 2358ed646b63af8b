// What changes images at random while a model trains.

import {
  randomBrightness,
  randomContrast,
  randomCrop,
  randomFlip,
  randomGrayscale,
  randomInvert,
  randomRotation,
  randomShear,
  randomTranslation,
  randomZoom,
  solarization,
} from '@graftjs/layers';
import { count, dataFormat, type Field, type Fields, real, same, seed, word } from '../fields.js';
import { entry, type LayerClasses } from './layer-class.js';

const isNumber = (value: unknown) => typeof value === 'number';
const arePair = (value: unknown) =>
  Array.isArray(value) && value.length === 2 && value.every(isNumber);
const factor = same('one or two numbers', (value) => isNumber(value) || arePair(value));
const factorOrNull = same(
  'one or two numbers, or null',
  (value) => value === null || isNumber(value) || arePair(value),
);

/** Of one number f, Keras keeps [-f, f], and does not take that back. */
const shear: Field = {
  fromKeras: factor.fromKeras,
  toKeras: (value, where) => {
    const [low, high] = [value].flat() as number[];
    const isOne = low !== undefined && high !== undefined && low === -high;
    return factor.toKeras(isOne ? high : value, where);
  },
};

const images: Fields = { data_format: dataFormat, seed };
const affine: Fields = {
  ...images,
  fill_mode: word({
    reflect: 'reflect',
    wrap: 'wrap',
    constant: 'constant',
    nearest: 'nearest',
  }),
  interpolation: word({ bilinear: 'bilinear', nearest: 'nearest' }),
  fill_value: real,
};
const color: Fields = { ...images, value_range: same('two numbers', arePair) };
const mode = word({
  horizontal_and_vertical: 'horizontal_and_vertical',
  horizontal: 'horizontal',
  vertical: 'vertical',
});

export const augmentationLayers: LayerClasses = {
  RandomFlip: entry(randomFlip, { ...images, mode }),
  RandomRotation: entry(randomRotation, { ...affine, factor }),
  RandomZoom: entry(randomZoom, { ...affine, height_factor: factor, width_factor: factorOrNull }),
  RandomTranslation: entry(randomTranslation, {
    ...affine,
    height_factor: factor,
    width_factor: factor,
  }),
  RandomShear: entry(randomShear, { ...affine, x_factor: shear, y_factor: shear }),
  RandomCrop: entry(randomCrop, { ...images, height: count, width: count }),
  RandomBrightness: entry(randomBrightness, { ...color, factor }),
  RandomContrast: entry(randomContrast, { ...color, factor }),
  RandomGrayscale: entry(randomGrayscale, { data_format: dataFormat, factor: real }),
  RandomInvert: entry(randomInvert, { ...color, factor }),
  Solarization: entry(solarization, {
    ...color,
    addition_factor: factor,
    threshold_factor: factor,
  }),
};
