// The photos that a model is most wrong about, as pictures.

import { basename } from 'node:path';
import type { LabelledImage } from '@graftjs/image-data/node';
import { percent } from '../terminal/percent.js';
import type { Assessment } from '../train/assess.js';
import { markup, type Html } from './markup.js';
import { section } from './page.js';
import { thumbnail } from './thumbnail.js';

const SHOWN = 24;

/** Those with the highest loss first: the logarithm of what the true class got. */
export async function mistakesSection(
  { truth, probabilities }: Assessment,
  photos: readonly LabelledImage[],
  classNames: readonly string[],
): Promise<Html> {
  const answers = truth.map((label, i) => ({ i, label, of: probabilities[i]?.[label] ?? 0 }));
  const worst = answers.sort((a, b) => a.of - b.of).slice(0, SHOWN);
  const figures = await Promise.all(
    worst.map(async ({ i, label, of }) => {
      const row = probabilities[i] ?? [];
      const guess = row.indexOf(Math.max(...row));
      const path = photos[i]?.path ?? '';
      const [name, guessed] = [label, guess].map((i) => classNames[i] ?? '') as [string, string];
      const loss = (-Math.log(of)).toFixed(2);
      return markup`<figure class="${guess === label ? 'right' : 'wrong'}">
<img src="${await thumbnail(path)}" alt="${name}">
<figcaption>${guessed} ${percent(row[guess] ?? 0)}<br>is: ${name} ${percent(of)}<br>loss ${loss}
<br><span class="file">${basename(path)}</span></figcaption></figure>
`;
    }),
  );
  return section('Highest losses', markup`<div class="gallery">${figures}</div>`);
}
