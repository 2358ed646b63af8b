// Models compiled for prediction.

export { compileForInference, type InferenceOptions } from './compile-for-inference.js';
export { mostLikely, parseLabels, type Guess } from './most-likely.js';
export type { OnnxRuntime } from './onnx-runtime/onnx-runtime.js';
export { runtimeStatus, type RuntimeStatus } from './onnx-runtime/runtime-status.js';
export type { EngineName, Predictor } from './predictor.js';
export { toOnnx, type ToOnnxOptions } from './to-onnx.js';
