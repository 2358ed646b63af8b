// The report of a run: what it was, how it went, and what the model gets wrong.

import type { LabelledImage } from '@graftjs/image-data/node';
import { percent } from '../terminal/percent.js';
import type { Assessment } from '../train/assess.js';
import type { PhaseLogs } from '../train/run-folder.js';
import { curvesSection } from './curves.js';
import { pageHtml, section } from './page.js';
import { classTable, confusionTable } from './tables.js';
import { mistakesSection } from './top-losses.js';

export interface TrainReport {
  readonly classNames: readonly string[];
  /** Lines on data, network and settings. */
  readonly facts: readonly string[];
  readonly phases: readonly PhaseLogs[];
  readonly assessment: Assessment;
  /** The photos that the assessment is of. */
  readonly validation: readonly LabelledImage[];
}

const phaseTitles: Readonly<Record<string, string>> = { head: 'Training the head' };

export async function trainReport(content: TrainReport): Promise<string> {
  const { classNames, facts, phases, assessment, validation } = content;
  const { report } = assessment;
  return pageHtml({
    title: classNames.length > 6 ? `${classNames.length} classes` : classNames.join(', '),
    facts: [
      `Accuracy ${percent(report.accuracy)} of ${validation.length} validation photos`,
      ...facts,
    ],
    sections: [
      section('Classes', classTable(report, classNames)),
      section('Confusion', confusionTable(report, classNames)),
      ...(await Promise.all(
        phases.map(({ phase, logs }) => curvesSection(phaseTitles[phase] ?? phase, logs)),
      )),
      await mistakesSection(assessment, validation, classNames),
    ],
  });
}
