// The layers. Importing registers nothing: `registerLayers()` does.

export {
  batchNormalization,
  GraftBatchNormalization,
  type BatchNormalizationArgs,
} from './batch-normalization.js';
export { registerLayers } from './register.js';
