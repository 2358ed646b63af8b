// What augmentation makes of some photos: each as it is, and some variants of it.

import * as tf from '@tensorflow/tfjs-core';
import { augment } from '@graftjs/image-data';
import { imageDataset } from '@graftjs/image-data/node';
import type { TrainReport } from './train-report.js';
import { markup, type Html } from './markup.js';
import { section } from './page.js';
import { pixelsToUrl } from './thumbnail.js';

/** A row for each photo. */
const [PHOTOS, VARIANTS] = [3, 5] as const;

export async function samplesSection({
  augmentation: { options },
  train,
  size,
  seed,
}: Required<Pick<TrainReport, 'train' | 'size' | 'seed'>> & {
  readonly augmentation: NonNullable<TrainReport['augmentation']>;
}): Promise<Html> {
  const step = Math.max(1, Math.floor(train.length / PHOTOS));
  const images = train.filter((_, i) => i % step === 0).slice(0, PHOTOS);
  // Photos that cannot be read are told of elsewhere.
  const photos = imageDataset({
    ...{ images, classes: Math.max(...images.map(({ label }) => label), 1) + 1, size },
    onBroken: () => undefined,
  });
  const rows: string[][] = [];
  const changed = augment(photos, { ...options, seed });
  for (const data of [photos, ...Array.from({ length: VARIANTS }, () => changed)]) {
    for await (const { xs, ys } of data) {
      const urls = await Promise.all(
        tf.unstack(xs as tf.Tensor4D).map((pixels) => pixelsToUrl(pixels)),
      );
      urls.forEach((url, i) => (rows[i] ??= []).push(url));
      tf.dispose([xs, ys]);
    }
  }
  const figures = rows.flat().map((url, i) => {
    const kind = i % (VARIANTS + 1) === 0 ? 'as it is' : 'variant';
    return markup`<figure><img src="${url}" alt="${kind}"><figcaption>${kind}</figcaption></figure>
`;
  });
  return section('Augmentation', markup`<div class="gallery">${figures}</div>`);
}
