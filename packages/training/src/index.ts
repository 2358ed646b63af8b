// The training loop and what it measures.

export { fit, type FitOptions } from './fit.js';
export type { History } from './history.js';
export { evaluate, type EvaluateOptions } from './evaluate.js';
export { predict, type PredictOptions } from './predict.js';
export { losses, type Loss, type LossName } from './loss.js';
export { metrics, type Metric, type MetricName } from './metric.js';
export type { ObjectiveOptions } from './objective.js';
