// Keras's image models: what their inputs go through, and what their outputs mean.

export {
  decodePredictions,
  type DecodePredictionsOptions,
  type Prediction,
} from './decode-predictions.js';
export { imagenetClasses, type ImagenetClass } from './imagenet-classes.js';
export { preprocessInput, type PreprocessMode } from './preprocess-input.js';
