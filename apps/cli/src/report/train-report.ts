// The report of a run: what it was, how it went, and what the model gets wrong.

import type { LabelledImage } from '@graftjs/image-data/node';
import { percent } from '../terminal/percent.js';
import type { Assessment } from '../train/assess.js';
import type { PhaseLogs } from '../train/run-folder.js';
import type { RunSettings } from '../train/run.js';
import { curvesSection } from './curves.js';
import { qualitySection } from './quality.js';
import { pageHtml, section } from './page.js';
import { samplesSection } from './samples.js';
import { classTable, confusionTable } from './tables.js';
import { lossesSection } from './top-losses.js';

export interface TrainReport extends Pick<RunSettings, 'augmentation' | 'size' | 'seed'> {
  readonly classNames: readonly string[];
  /** Lines on data, network and settings. */
  readonly facts: readonly string[];
  readonly phases: readonly PhaseLogs[];
  readonly assessment: Assessment;
  /** The photos that the assessment is of. */
  readonly validation: readonly LabelledImage[];
  readonly train: readonly LabelledImage[];
}

const phaseTitles: Readonly<Record<string, string>> = {
  head: 'Training the head',
  'fine-tuning': 'Fine-tuning the network',
};

export async function trainReport(content: TrainReport): Promise<string> {
  const { classNames, facts, phases, assessment, validation, augmentation } = content;
  const { report } = assessment;
  const curves = phases.map(({ phase, logs }) => curvesSection(phaseTitles[phase] ?? phase, logs));
  return pageHtml({
    title: classNames.length > 6 ? `${classNames.length} classes` : classNames.join(', '),
    facts: [
      `Accuracy ${percent(report.accuracy)} of ${validation.length} validation photos`,
      ...facts,
    ],
    sections: [
      section('Classes', classTable(report, classNames)),
      section('Confusion', confusionTable(report, classNames)),
      ...(await Promise.all(curves)),
      await qualitySection(assessment, classNames),
      await lossesSection(assessment, validation, classNames),
      ...(augmentation ? [await samplesSection({ ...content, augmentation })] : []),
    ],
  });
}
