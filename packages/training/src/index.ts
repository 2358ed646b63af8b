// The training loop and what it measures.

export { fit, type FitOptions } from './fit.js';
export type { History } from './history.js';
export { pauseController, type PauseController } from './pause-controller.js';
export type { OutOfMemory } from './split-step.js';
export { evaluate, type EvaluateOptions } from './evaluate.js';
export { predict, type PredictOptions } from './predict.js';
export {
  predictMonteCarlo,
  type MonteCarloOptions,
  type MonteCarloPrediction,
} from './predict-monte-carlo.js';
export { losses, type Loss, type LossName } from './loss.js';
export { metrics, type MetricLike, type MetricName } from './metric.js';
export type { Metric, MetricFunction } from './metric-contract.js';
export type { MetricOptions } from './accuracy.js';
export type { AucOptions } from './auc.js';
export type { ConfusionOptions } from './precision-recall.js';
export type { ClassWeight } from './example-weights.js';
export type { ObjectiveOptions } from './objective.js';
export {
  findLearningRate,
  type FindLearningRateOptions,
  type RateFinding,
  type RatePoint,
} from './learning-rate/find-learning-rate.js';
export type { RateSuggestions } from './learning-rate/suggest-rates.js';
export type { MonitorOptions } from './callbacks/monitor.js';
export {
  earlyStopping,
  type EarlyStopping,
  type EarlyStoppingOptions,
} from './callbacks/early-stopping.js';
export { learningRateScheduler } from './callbacks/learning-rate-scheduler.js';
export { modelCheckpoint, type ModelCheckpointOptions } from './callbacks/model-checkpoint.js';
export {
  reduceLROnPlateau,
  type ReduceLROnPlateauOptions,
} from './callbacks/reduce-lr-on-plateau.js';
export { stockConstraints } from './callbacks/stock-constraints.js';
export { terminateOnNaN } from './callbacks/terminate-on-nan.js';
export {
  classificationReport,
  type ClassificationReport,
  type ClassReport,
} from './classification-report.js';
export {
  rocCurve,
  rocCurves,
  type RocCurve,
  type RocCurves,
  type RocPoint,
} from './evaluation/roc-curve.js';
export {
  calibration,
  type Calibration,
  type CalibrationBin,
  type CalibrationOptions,
} from './evaluation/calibration.js';
export { topLosses, type TopLoss, type TopLossesOptions } from './evaluation/top-losses.js';
export type { Chart } from './learning-rate/chart.js';
