// The curves of a run: loss, accuracy and rate over its epochs.

import { lineChart, type Panel } from '../charts/line-chart.js';
import { Html } from './markup.js';
import { section } from './page.js';

/** By name, a value for each epoch. */
export type EpochLogs = Readonly<Record<string, readonly number[]>>;

export async function curvesSection(title: string, logs: EpochLogs): Promise<Html> {
  const panel = (y: string, zero: boolean, names: Readonly<Record<string, string>>): Panel => ({
    ...{ title: '', x: 'epoch', y, zero },
    curves: Object.entries(names).map(([name, log]) => ({
      name,
      points: (logs[log] ?? []).map((value, i) => ({ x: i + 1, y: value })),
    })),
  });
  const svg = await lineChart('', [
    panel('loss', true, { training: 'loss', validation: 'val_loss' }),
    panel('accuracy', false, { training: 'accuracy', validation: 'val_accuracy' }),
    panel('learning rate', true, { 'learning rate': 'learning_rate' }),
  ]);
  return section(title, new Html(svg));
}
