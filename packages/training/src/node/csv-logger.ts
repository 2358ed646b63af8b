// Writes the logs of each epoch as a row of a table.

import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { GraftError, invalidArgument, type Callback, type Logs } from '@graftjs/core';
import { checkFolder } from '@graftjs/core/node';

/** Options of {@link csvLogger}. */
export interface CsvLoggerOptions {
  readonly path: string;
  /** What stands between two values; one character. Default: a comma. */
  readonly separator?: string;
  /** Whether rows are added to a file that is there. Default: false, which begins a new one. */
  readonly append?: boolean;
}

interface Table {
  /** Names of the columns after `epoch`, sorted; those of the first epoch. */
  readonly names: readonly string[];
  /** Bytes of the file. */
  readonly size: number;
}

/**
 * Writes a row for each epoch, on the disk when the epoch ends, as `keras.callbacks.CSVLogger` does: `epoch`, counted from
 * 0, then the logs in the order of their names. A value that an epoch lacks is `NA`. Unlike Keras's it has no `val_…`
 * columns without validation. A run that goes on from a backup goes on in its file, without a row twice.
 *
 * @throws GraftError for a separator that is none, and in training where the file cannot be written
 * @example
 * import { csvLogger } from '@graftjs/training/node';
 * await fit(model, train, { ...options, callbacks: [csvLogger({ path: 'run/log.csv' })] });
 */
export function csvLogger({ path, separator = ',', append = false }: CsvLoggerOptions): Callback {
  if (separator.length !== 1 || /["\r\n]/.test(separator))
    throw invalidArgument('separator', 'one character, no quote or line end', separator);
  let table: Table | undefined;

  const line = (values: readonly (string | number)[]) =>
    `${values.map((value) => quoted(String(value), separator)).join(separator)}\r\n`;

  /** Once there is a row to write, and not before: a run may go on in the file. */
  async function open(logs: Logs): Promise<Table> {
    const names = Object.keys(logs).sort();
    const before = append ? await contentOf(path) : '';
    if (before !== '') return { names, size: Buffer.byteLength(before) };
    const header = line(['epoch', ...names]);
    await written(path, writeFile(path, header, { flush: true }));
    return { names, size: Buffer.byteLength(header) };
  }

  return {
    async onTrainBegin() {
      table = undefined;
      await checkFolder(path);
    },
    async onEpochEnd(epoch, logs) {
      const { names, size } = (table ??= await open(logs));
      const row = line([epoch, ...names.map((name) => logs[name] ?? 'NA')]);
      await written(path, appendFile(path, row, { flush: true }));
      table = { names, size: size + Buffer.byteLength(row) };
    },
    saveState: () => (table ? { ...table } : null),
    async restoreState(state) {
      const saved = state as unknown as Table | null;
      if (!saved || Buffer.byteLength(await contentOf(path)) < saved.size) return;
      await written(path, truncate(path, saved.size));
      table = saved;
    },
  };
}

function quoted(value: string, separator: string): string {
  const isPlain = !value.includes(separator) && !/["\r\n]/.test(value);
  return isPlain ? value : `"${value.replaceAll('"', '""')}"`;
}

async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return '';
    throw new GraftError(`${path} cannot be read: ${message}`, { cause: error });
  }
}

async function written(path: string, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    throw new GraftError(`${path} cannot be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
