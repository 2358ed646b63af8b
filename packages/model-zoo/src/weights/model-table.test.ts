import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { leafLayers } from '@graftjs/core';
import { modelNames, zooModel } from '../models/registry.js';
import type { ModelEntry } from './model-entry.js';
import { modelTable } from './model-table.js';
import { multiplyAdds } from './multiply-adds.js';
import { pretrainedFiles } from './pretrained-files.js';

/** What Keras asks for; see reference/makers/zoo_weights.py. */
interface Download {
  readonly model: string;
  readonly alpha: number | null;
  readonly size: number | null;
  readonly top: object;
  readonly noTop: object;
}

const entries = Object.entries(modelTable) as [keyof typeof modelTable, ModelEntry][];

/** Multiply-adds as papers and their authors print them, in the digits that they print. */
const published = {
  // He et al., table 1, of ResNets whose strides lie elsewhere.
  resNet50: [3.8e9, 1e8],
  resNet101: [7.6e9, 1e8],
  resNet152: [11.3e9, 1e8],
  // Howard et al., table 8; Sandler et al., table 4.
  mobileNet: [569e6, 1e6],
  mobileNetV2: [300e6, 1e6],
  // Zoph et al., tables 2 and 3.
  nasNetMobile: [564e6, 1e6],
  nasNetLarge: [23.8e9, 1e8],
  // Zoph et al., table 2.
  inceptionV3: [5.72e9, 1e7],
  xception: [8.38e9, 3e7],
  inceptionResNetV2: [13.2e9, 1e8],
} satisfies Partial<Record<keyof typeof modelTable, [count: number, digit: number]>>;

it('has an entry for each model that can be made, and no other', () => {
  expect(entries.map(([name]) => name).sort()).toEqual(modelNames);
});

describe.each(entries)('%s', (name, entry) => {
  it('counts what the model has', async () => {
    const model = await zooModel(name, { weights: null });
    expect(model.countParams()).toBe(entry.parameters);
    expect(multiplyAdds(model)).toBe(entry.multiplyAdds);
    expect(leafLayers(model).filter(({ layer }) => layer.countParams() > 0)).toHaveLength(
      entry.depth,
    );
    expect(model.inputs[0]?.shape).toEqual([null, entry.inputSize, entry.inputSize, 3]);
    model.dispose();
  });

  it('is of the size that so many parameters have', () => {
    expect(Math.abs(entry.megabytes - (4 * entry.parameters) / 2 ** 20)).toBeLessThan(4);
  });
});

it.each(Object.entries(published))(
  '%s computes as much as its paper says',
  (name, [count, digit]) => {
    const { multiplyAdds: counted } = modelTable[name as keyof typeof published];
    expect(Math.abs(counted - (count as number))).toBeLessThan(digit as number);
  },
);

it('has the files that Keras downloads, with its hashes', () => {
  const fixture = new URL(
    '../../../../reference/fixtures/zoo-weights/published.json',
    import.meta.url,
  );
  const published = JSON.parse(readFileSync(fixture, 'utf8')) as Download[];
  const known = entries.filter(
    ([name, { files }]) => files.length > 0 && name !== 'efficientNetLite0',
  );
  expect(new Set(published.map(({ model }) => model))).toEqual(
    new Set(known.map(([, { title }]) => title)),
  );
  for (const { model, alpha, size, top, noTop } of published) {
    const entry = known.find(([, { title }]) => title === model)![1];
    const files = pretrainedFiles(entry, { alpha: alpha ?? 1, size });
    for (const [{ name, url, hash }, asKeras] of [
      [files.top, top],
      [files.noTop, noTop],
    ] as const) {
      expect({ name, url, md5: hash?.hex ?? null }).toEqual(asKeras);
    }
  }
});
