// How well the probabilities of a classifier rank and how far they can be trusted: ROC curves and calibration.

import { calibration, rocCurves } from '@graftjs/training';
import { lineChart } from '../charts/line-chart.js';
import type { Assessment } from '../train/assess.js';
import { Html, markup } from './markup.js';
import { section } from './page.js';

/** So many curves can be told apart; those with the least area are shown. */
const CURVES = 8;

export async function qualitySection(
  { truth, probabilities }: Assessment,
  classNames: readonly string[],
): Promise<Html> {
  const { length } = classNames;
  const roc = rocCurves(truth, probabilities, length);
  const { bins, ece } = calibration(truth, probabilities, length);
  const worst = roc.classes
    .map(({ points, auc }, i) => ({ points, auc, name: classNames[i] ?? '' }))
    .filter(({ auc }) => !Number.isNaN(auc))
    .sort((a, b) => a.auc - b.auc)
    .slice(0, CURVES);
  const svg = await lineChart('', [
    {
      ...{ title: 'ROC: each class against the others', x: 'false positive rate' },
      y: 'true positive rate',
      curves: worst.map(({ points, name }) => ({
        name,
        points: points.map((point) => ({ x: point.falsePositiveRate, y: point.truePositiveRate })),
      })),
    },
    {
      ...{ title: 'Calibration', x: 'confidence', y: 'share that is right' },
      curves: [
        { name: 'ideal', points: [0, 1].map((end) => ({ x: end, y: end })) },
        {
          name: 'model',
          points: bins
            .filter(({ count }) => count > 0)
            .map(({ confidence, accuracy }) => ({ x: confidence, y: accuracy })),
        },
      ],
    },
  ]);
  const areas = worst.map(({ name, auc }) => `${name} ${auc.toFixed(4)}`).join(', ');
  return section(
    'Probabilities',
    markup`<p>Area under the ROC curve: ${areas}; mean ${roc.macroAuc.toFixed(4)}.
Expected calibration error: ${ece.toFixed(4)}.</p>
${new Html(svg)}`,
  );
}
