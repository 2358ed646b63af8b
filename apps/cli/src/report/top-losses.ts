// The photos that a model is most wrong about, as pictures.

import { basename } from 'node:path';
import type { LabelledImage } from '@graftjs/image-data/node';
import { topLosses } from '@graftjs/training';
import { percent } from '../terminal/percent.js';
import type { Assessment } from '../train/assess.js';
import { markup, type Html } from './markup.js';
import { section } from './page.js';
import { thumbnail } from './thumbnail.js';

const SHOWN = 24;

export async function lossesSection(
  { truth, probabilities }: Assessment,
  photos: readonly LabelledImage[],
  classNames: readonly string[],
): Promise<Html> {
  const worst = topLosses(truth, probabilities, classNames.length, { count: SHOWN });
  const figures = await Promise.all(
    worst.map(async ({ example, loss, truth: label, predicted, probability, confidence }) => {
      const path = photos[example]?.path ?? '';
      const [name, guess] = [label, predicted].map((i) => classNames[i] ?? '') as [string, string];
      return markup`<figure class="${predicted === label ? 'right' : 'wrong'}">
<img src="${await thumbnail(path)}" alt="${name}">
<figcaption>${guess} ${percent(confidence)}<br>is: ${name} ${percent(probability)}
<br>loss ${loss.toFixed(2)}<br><span class="file">${basename(path)}</span></figcaption></figure>
`;
    }),
  );
  return section('Highest losses', markup`<div class="gallery">${figures}</div>`);
}
