// Photographs, where there are some: real weights see cats in cats and dogs in dogs.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, vi } from 'vitest';
import { findWeights, modelTable, wordnetPath } from '@graftjs/model-zoo';
import { importTensorFlow } from '@graftjs/test-utils';
import { runCli } from '../program.js';
import { photosOf } from './photos.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const datasets = process.env.GRAFT_PHOTOS ?? join(root, '../shared/datasets');
const folder = join(datasets, 'dogs-vs-cats/val');
const photosOfEach = 100;

const reason = await whyNot();
if (reason) console.warn(`Dogs and cats are not classified: ${reason}`);

afterEach(() => void vi.restoreAllMocks());

it.skipIf(reason)('names a domestic cat for most cats, a dog for most dogs', async () => {
  const print = console.log;
  const output: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void output.push(line));
  const shares: Record<string, number> = {};
  for (const [animal, above] of [
    ['cat', 'domestic_cat'],
    ['dog', 'dog'],
  ] as const) {
    const photos = (await photosOf([join(folder, animal)])).slice(0, photosOfEach);
    output.length = 0;
    expect(await runCli(['classify', ...photos, '--top', '1', '--json'])).toBe(0);
    const { answers } = JSON.parse(output[0] as string) as {
      answers: { classes: [{ wordnetId: string }] }[];
    };
    const right = answers.filter(({ classes: [{ wordnetId }] }) =>
      wordnetPath(wordnetId).includes(above),
    );
    shares[animal] = right.length / answers.length;
  }
  print(
    `EfficientNet-Lite0: ${(100 * shares.cat!).toFixed(1)} % of ${photosOfEach} cats are domestic cats, ` +
      `${(100 * shares.dog!).toFixed(1)} % of ${photosOfEach} dogs are dogs`,
  );
  expect(shares.cat).toBeGreaterThan(0.7);
  expect(shares.dog).toBeGreaterThan(0.9);
});

/** Why this cannot run here; undefined where it can. */
async function whyNot(): Promise<string | undefined> {
  if (!existsSync(folder)) return `no photos in ${folder} (GRAFT_PHOTOS names another folder)`;
  if (!(await importTensorFlow())) return 'TensorFlow is not installed';
  try {
    await findWeights(modelTable.efficientNetLite0.files[0].top);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
