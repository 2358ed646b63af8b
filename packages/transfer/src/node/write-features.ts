// Writes the features of an epoch to a file that is there whole or not at all, and goes on where a run was ended.

import { mkdir, open, readdir, rename, rm, truncate } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { dispose } from '@tensorflow/tfjs-core';
import { GraftError } from '@graftjs/core';
import type { FeatureBatch } from '../features/feature-batches.js';
import { fileBytes, headerOf, inspectFile } from './feature-file.js';
import { isRunning, partialName, processOf } from './partial-name.js';
import { layoutOf, toRows, type RowLayout } from './row-layout.js';

/** Files that this process is writing. */
const busy = new Set<string>();

export interface Writing {
  /** The batches from an example on. */
  readonly from: (known: number) => AsyncIterable<FeatureBatch>;
  /** Told how the examples lie before the first of them is written. */
  readonly onLayout: (layout: RowLayout) => Promise<void>;
}

/** @throws GraftError where the file cannot be written, or is being written */
export async function writeFeatures(path: string, { from, onLayout }: Writing): Promise<void> {
  if (busy.has(path)) throw new GraftError(`${path} is being written`);
  busy.add(path);
  try {
    const partial = `${dirname(path)}/${partialName(basename(path))}`;
    await explained(path, mkdir(dirname(path), { recursive: true }));
    await adopt(path, partial);
    await append(path, partial, { from, onLayout });
    await explained(path, rename(partial, path));
  } finally {
    busy.delete(path);
  }
}

async function append(path: string, partial: string, { from, onLayout }: Writing): Promise<void> {
  const found = await inspectFile(partial);
  let { layout, examples } = found ?? { layout: undefined, examples: 0 };
  if (layout) await explained(path, truncate(partial, fileBytes(layout, examples)));
  const file = await explained(path, open(partial, layout ? 'r+' : 'w'));
  try {
    for await (const batch of from(examples)) {
      try {
        if (!layout) {
          layout = layoutOf(batch);
          await onLayout(layout);
          await explained(path, file.write(headerOf(layout), 0, undefined, 0));
        }
        const rows = await toRows(batch);
        await explained(path, file.write(rows, 0, rows.length, fileBytes(layout, examples)));
        examples += batch.ys.shape[0] as number;
      } finally {
        dispose({ ...batch, xs: [...batch.xs] });
      }
    }
    const header = headerOf(layout as RowLayout, examples);
    await explained(path, file.write(header, 0, header.length, 0));
    await explained(path, file.sync());
  } finally {
    await file.close();
    // There is nothing to go on with.
    if (examples === 0) await rm(partial, { force: true });
  }
}

/** What a run that has ended left of the same file becomes this run's. */
async function adopt(path: string, own: string): Promise<void> {
  for (const name of await explained(path, readdir(dirname(path)))) {
    const writer = processOf(name, basename(path));
    if (writer === undefined || writer === process.pid || isRunning(writer)) continue;
    // Another run may have been quicker.
    await rename(join(dirname(path), name), own).catch(() => undefined);
  }
}

async function explained<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { message } = error as Error;
    throw new GraftError(`${path} cannot be written: ${message}`, { cause: error });
  }
}
