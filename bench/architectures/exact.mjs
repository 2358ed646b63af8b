// Graft's distance from Keras in float64: exact.mjs FILE FEATURE_LAYER SHAPE COUNT, after keras_float64.py; prints the largest
// error of each image relative to its largest value.

import * as tf from '@tensorflow/tfjs-core';
import { featuresOf, largestError, readNumbers } from './model.mjs';

const [file, featureLayer, shape, count] = process.argv.slice(2);
const [features] = await featuresOf(file, featureLayer);
const dimensions = JSON.parse(shape);
const images = tf.split(
  tf.tensor(readNumbers(file, 'images.f32'), [Number(count), ...dimensions.slice(1)]),
  Number(count),
);
const exact = readNumbers(file, 'exact.f64');
const errors = images.map((image, i) => {
  const actual = features.predict(image).dataSync();
  return largestError(actual, exact.subarray(i * actual.length, (i + 1) * actual.length), true);
});
console.log(JSON.stringify({ errors }));
