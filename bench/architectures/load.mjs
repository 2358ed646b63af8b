// Graft's side for one file: load.mjs FILE FEATURE_LAYER SHAPE; prints parameters and how far its outputs are from Keras's.

import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { featuresOf, largestError, readNumbers } from './model.mjs';

const [file, featureLayer, shape] = process.argv.slice(2);
const [{ outputs }, model, seconds] = await featuresOf(file, featureLayer);
const both = layers.model({ inputs: model.inputs, outputs: [...outputs, model.outputs[0]] });
const x = tf.tensor(readNumbers(file, 'x.f32'), JSON.parse(shape));
const [features, probabilities] = both.predict(x).map((output) => output.dataSync());
console.log(
  JSON.stringify({
    parameters: model.countParams(),
    featureError: largestError(features, readNumbers(file, 'features.f32'), true),
    probabilityError: largestError(probabilities, readNumbers(file, 'probabilities.f32'), false),
    seconds,
  }),
);
