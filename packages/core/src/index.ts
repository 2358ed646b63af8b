// The public face of core: contracts, errors, and the seam to tfjs.

export { GraftError, invalidArgument, isGraftError } from './errors.js';
export { rateAt, type Rate, type Schedule } from './schedule.js';
export type {
  Algebra,
  ElementwiseRule,
  NativeUpdate,
  NativeUpdates,
  RuleInputs,
  RuleOutputs,
  SharedScalars,
  TensorAlgebra,
  TensorRuleInputs,
  UpdateRule,
} from './update-rule.js';
export { UPDATE_KERNEL, type UpdateAttributes, type UpdateKernelConfig } from './update-kernel.js';
export { batchTensors, type Batch, type Dataset } from './dataset.js';
export type { BatchEnd, Callback, Logs, RunPosition, TrainingRun } from './callback.js';
export { disposeState, isResumable, type Resumable, type State } from './resumable.js';
export {
  isRuleDriven,
  sharedScalars,
  type RuleDrivenOptimizer,
  type StepInfo,
  type StepPhase,
  type VariableInfo,
  type VariableStep,
} from './optimizer.js';
export {
  registerStepCompiler,
  stepCompiler,
  type ConstrainedVariable,
  type StepCompiler,
  type StepEngine,
  type StepLoss,
  type StepProgram,
  type TrainingStep,
} from './training-step.js';
export {
  forwardCompiler,
  registerForwardCompiler,
  type ForwardCompiler,
  type ForwardPass,
} from './forward-pass.js';
export { computeGradients, eagerStep, finishStep, type StepGradients } from './eager-step.js';
export { isModel, leafLayers, type Layer, type LeafLayer } from './tfjs/layer-tree.js';
export { modelWeights, penaltyOf, variableOf, type ModelWeights } from './tfjs/model-weights.js';
export { enterBackendDropout, KEYED_UNIFORM } from './tfjs/backend-dropout.js';
export { generatorsOf, type DrawingLayer } from './tfjs/generators.js';
export { drawNormal, type DrawUniform, type NoisyLayer } from './tfjs/noise.js';
export {
  enterTrainingMode,
  type Logits,
  type ModelOutput,
  type TrainingMode,
} from './tfjs/training-mode.js';
export { dispatchOnWebgpu, type WebgpuBackend } from './tfjs/webgpu-dispatch.js';
export { missingTrainingKernels, trainingKernels, type MissingKernel } from './training-kernels.js';
