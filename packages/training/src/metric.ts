// What a metric is, and the metrics by name.

import { invalidArgument } from '@graftjs/core';
import {
  accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  topKCategoricalAccuracy,
} from './accuracy.js';
import { auc } from './auc.js';
import { meanMetric, type Metric, type MetricFunction } from './metric-contract.js';
import { precision, recall } from './precision-recall.js';

/** The metrics of Keras; each takes its settings and a `name` for the logs. */
export const metrics = {
  accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  topKCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  auc,
  precision,
  recall,
};

export type MetricName = keyof typeof metrics;

/** Where a metric is asked for: its name, a metric with settings, or a function of one's own, logged under its name. */
export type MetricLike = MetricName | Metric | MetricFunction;

/** @throws GraftError for an unknown name */
export function resolveMetric(metric: MetricLike): Metric {
  if (typeof metric === 'function') return meanMetric(metric.name, metric);
  if (typeof metric === 'object' && metric !== null) return metric;
  if (Object.hasOwn(metrics, metric)) return metrics[metric]();
  const names = Object.keys(metrics).join(', ');
  throw invalidArgument('metrics', `functions, metrics or of ${names}`, metric);
}

/** @throws GraftError for names that the logs could not tell apart */
export function checkNames(list: readonly Metric[]): void {
  const taken = ['loss', 'learning_rate'];
  const names = [...taken, ...list.map(({ name }) => name)];
  if (names.includes('') || new Set(names).size < names.length) {
    throw invalidArgument(
      'metrics',
      'named each in its own way, and not "loss" or "learning_rate"',
      names.slice(taken.length),
    );
  }
}
