// The folder of a run: what it was told, what it saw, and what came of it.

import { basename, dirname, extname, join } from 'node:path';
import { mkdir, rm } from 'node:fs/promises';
import { writeWhole } from '@graftjs/core/node';

export interface RunFolder {
  readonly path: string;
  /** The options of the run: `graft train --config` takes them. */
  readonly config: string;
  /** Epoch by epoch, one phase after the other. */
  readonly history: { readonly csv: string; readonly json: string };
  /** The model after the epoch with the least validation loss. */
  readonly best: string;
  /** The model after the last epoch. */
  readonly last: string;
  readonly classIndices: string;
  /** Written last: a run that has one has ended. */
  readonly report: string;
  /** The state of a run that has not ended. */
  readonly backup: string;
}

/** Beside a model `pets.h5`, the folder `pets.run`. */
export function runFolderOf(out: string): RunFolder {
  const extension = extname(out);
  const path = join(dirname(out), `${basename(out, extension)}.run`);
  return {
    path,
    config: join(path, 'config.yaml'),
    history: { csv: join(path, 'history.csv'), json: join(path, 'history.json') },
    best: join(path, `best${extension}`),
    last: join(path, `last${extension}`),
    classIndices: join(path, 'class-indices.json'),
    report: join(path, 'report.html'),
    backup: join(path, 'backup.safetensors'),
  };
}

/** A run's epochs, phase by phase: the head alone, then more of the network. */
export interface PhaseLogs {
  readonly phase: string;
  /** By name, a value for each epoch. */
  readonly logs: Readonly<Record<string, readonly number[]>>;
}

/**
 * Begins a run: what an earlier one of the same name has left is its own no more.
 *
 * @returns what to do where the run comes to nothing: folders that were made go again
 */
export async function beginRun(folder: RunFolder, config: string): Promise<() => Promise<void>> {
  const made = await mkdir(folder.path, { recursive: true });
  for (const file of [folder.report, folder.backup]) await rm(file, { force: true });
  await writeWhole(folder.config, config);
  return async () => {
    if (made !== undefined) await rm(made, { recursive: true, force: true });
  };
}

export async function endRun(
  folder: RunFolder,
  content: {
    readonly classNames: readonly string[];
    readonly phases: readonly PhaseLogs[];
    readonly report: string;
  },
): Promise<void> {
  const { classNames, phases, report } = content;
  const indices = Object.fromEntries(classNames.map((name, i) => [name, i]));
  await writeWhole(folder.classIndices, `${JSON.stringify(indices, null, 2)}\n`);
  await writeWhole(folder.history.json, `${JSON.stringify({ phases }, null, 2)}\n`);
  await writeWhole(folder.history.csv, historyCsv(phases));
  await writeWhole(folder.report, report);
  await rm(folder.backup, { force: true });
}

/** A line for each epoch, counted over all phases; a value that a phase does not have is empty. */
export function historyCsv(phases: readonly PhaseLogs[]): string {
  const names = [...new Set(phases.flatMap(({ logs }) => Object.keys(logs)))];
  const lines = phases.flatMap(({ phase, logs }) => {
    const epochs = Math.max(0, ...Object.values(logs).map(({ length }) => length));
    return Array.from({ length: epochs }, (_, epoch) => [
      phase,
      ...names.map((name) => String(logs[name]?.[epoch] ?? '')),
    ]);
  });
  const header = ['epoch', 'phase', ...names];
  return [header, ...lines.map((line, i) => [String(i + 1), ...line])]
    .map((line) => `${line.join(',')}\n`)
    .join('');
}
