// Keras's image models: what their inputs go through, and what their outputs mean.

export {
  decodePredictions,
  type DecodePredictionsOptions,
  type Prediction,
} from './decode-predictions.js';
export { imagenetClasses, type ImagenetClass } from './imagenet-classes.js';
export { preprocessInput, type PreprocessMode } from './preprocess-input.js';
export type { ClassifierActivation } from './models/classifier-activation.js';
export type { ImageShape } from './models/image-shape.js';
export type { ModelOptions, Pooling, WeightsSource } from './models/model-options.js';
export * from './models/index.js';
export { modelNames, zooModel, type ModelName } from './models/registry.js';
export { imagenetTree, wordnetPath, type WordnetNode } from './wordnet.js';
