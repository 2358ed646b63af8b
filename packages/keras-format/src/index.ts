// Keras's model files in and out of tfjs-layers, as bytes. For files on a disk: @graftjs/keras-format/node.

export { modelFromH5, modelToH5, resumableFromH5 } from './h5.js';
export { modelFromKeras, modelToKeras, resumableFromKeras } from './keras.js';
export {
  loadWeightsFromH5,
  type LoadWeightsOptions,
  type WeightMismatch,
  type WeightReport,
  weightsToH5,
} from './weights.js';
export { modelFromTfjs, modelToTfjs, type TfjsFiles } from './tfjs.js';
export type { ReadShard } from './read-tfjs.js';
export { type BytesSource, readBytes, type ReadBytesOptions } from './read-bytes.js';
export type { ReadOptions } from './read-model.js';
export type { Resumable } from './read-training.js';
export type { TrainingToSave } from './training.js';
export {
  optimizerOptions,
  type OptimizerState,
  restoreOptimizer,
  type SlotValues,
} from './optimizer-state.js';
export { readH5Tensors } from './read-h5-tensors.js';
export { readSafetensors } from './safetensors/read-safetensors.js';
export type { StoredDtype, StoredNumbers, StoredTensor } from './safetensors/stored-tensor.js';
export { readTorchCheckpoint } from './torch/read-torch-checkpoint.js';
