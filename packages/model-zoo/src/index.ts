// Keras's image models: what their inputs go through, and what their outputs mean.

export {
  decodePredictions,
  type DecodePredictionsOptions,
  type Prediction,
} from './decode-predictions.js';
export { imagenetClasses, type ImagenetClass } from './imagenet-classes.js';
export { preprocessInput, type PreprocessMode } from './preprocess-input.js';
export { preprocessLayer } from './preprocess-layer.js';
export type { AlexNetOptions } from './models/alexnet.js';
export type { ClassifierActivation } from './models/classifier-activation.js';
export type { EfficientNetLiteOptions } from './models/efficientnet-lite.js';
export type { ImageShape } from './models/image-shape.js';
export type { MobileNetOptions } from './models/mobilenet.js';
export type { MobileNetV2Options } from './models/mobilenet-v2.js';
export type { ModelOptions, Pooling, WeightsSource } from './models/model-options.js';
export * from './models/index.js';
export { modelNames, zooModel, type ModelName, type ModelOptionsOf } from './models/registry.js';
export { findWeights, type FoundWeights } from './weights/find-weights.js';
export { mirror } from './weights/mirror.js';
export type {
  FileHash,
  ModelEntry,
  PretrainedFiles,
  PythonWheel,
  WeightsFile,
} from './weights/model-entry.js';
export { modelTable } from './weights/model-table.js';
export { multiplyAdds } from './weights/multiply-adds.js';
export { pretrainedFiles } from './weights/pretrained-files.js';
export type {
  WeightsOptions,
  WeightsProgress,
  WeightsProvider,
  WeightsWatch,
} from './weights/weights-provider.js';
export { imagenetTree, wordnetPath, type WordnetNode } from './wordnet.js';
