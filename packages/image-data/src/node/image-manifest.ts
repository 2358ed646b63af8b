// Lists of photos with their labels: CSV with a header, or JSON.

import { readFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { GraftError, invalidArgument } from '@graftjs/core';
import { explain } from './file-error.js';
import type { ImageFolder } from './image-folder.js';

/** Options of {@link readImageManifest}. */
export interface ManifestOptions {
  /** Name of the column, or of the property, with the path of a photo. Default: `path`. */
  readonly pathColumn?: string;
  /** Likewise with its class. Default: `label`. */
  readonly labelColumn?: string;
  /** What paths are relative to. Default: the folder of the manifest. */
  readonly folder?: string;
  /** The classes, in the order of their indices. Default: all labels, sorted; as numbers where all are whole numbers. */
  readonly classNames?: readonly string[];
}

/** A row, and where it stands. */
interface Row {
  readonly place: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Reads a list of photos: a `.csv` whose first line names the columns, or a `.json` with an array of objects. Photos stay in its
 * order. Labels are text; letters are composed, as in NFC. No photo is opened.
 *
 * @throws GraftError when it cannot be read or is neither, a column is missing, or a row has no path or a class that is none
 * @example
 * import { readImageManifest } from '@graftjs/image-data/node';
 * // path,label
 * // a/1.jpg,cat
 * const { classNames, images } = await readImageManifest('photos/list.csv');
 */
export async function readImageManifest(
  path: string,
  options: ManifestOptions = {},
): Promise<ImageFolder> {
  const { pathColumn = 'path', labelColumn = 'label', folder = dirname(path) } = options;
  const text = await read(path);
  const rows = extname(path).toLowerCase() === '.json' ? jsonRows(path, text) : csvRows(path, text);
  if (rows.length === 0) throw new GraftError(`${path} must list at least one photo. It has none`);
  const listed = rows.map((row) => ({
    place: row.place,
    path: resolve(folder, textOf(row, pathColumn)),
    name: textOf(row, labelColumn).normalize(),
  }));
  const classNames =
    options.classNames?.map((name) => name.normalize()) ??
    sorted([...new Set(listed.map(({ name }) => name))]);
  if (new Set(classNames).size < classNames.length) {
    throw invalidArgument('classNames', 'different names', classNames);
  }
  const indices = new Map(classNames.map((name, index) => [name, index]));
  const images = listed.map(({ place, path: photo, name }) => {
    const label = indices.get(name);
    if (label !== undefined) return { path: photo, label };
    throw new GraftError(
      `${labelColumn} of ${place} must be one of ${classNames.join(', ')}. Received: ${name}`,
    );
  });
  return { classNames, images };
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = explain(error);
    if (reason === undefined) throw error;
    throw new GraftError(`${path} cannot be read: ${reason}`);
  }
}

function csvRows(path: string, text: string): Row[] {
  try {
    const records = parse(text, {
      ...{ bom: true, columns: true, info: true, skip_empty_lines: true, trim: true },
    }) as unknown as { record: Record<string, string>; info: { lines: number } }[];
    return records.map(({ record, info }) => ({
      place: `${path}, line ${info.lines}`,
      values: record,
    }));
  } catch (error) {
    if (error instanceof CsvError) throw new GraftError(`${path} is no CSV: ${error.message}`);
    throw error;
  }
}

function jsonRows(path: string, text: string): Row[] {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch (error) {
    throw new GraftError(`${path} is no JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(rows)) throw new GraftError(`${path} must hold an array of objects`);
  return rows.map((values: unknown, i) => {
    const place = `${path}, entry ${i}`;
    if (typeof values !== 'object' || values === null) {
      throw new GraftError(`${place} must be an object. Received: ${JSON.stringify(values)}`);
    }
    return { place, values: values as Record<string, unknown> };
  });
}

function textOf({ place, values }: Row, column: string): string {
  const value = Object.hasOwn(values, column) ? values[column] : undefined;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string' && value !== '') return value;
  const columns = Object.keys(values).join(', ');
  throw new GraftError(`${place} must have a ${column}. It has ${columns || 'nothing'}`);
}

function sorted(names: readonly string[]): string[] {
  const areNumbers = names.every((name) => /^-?\d{1,15}$/.test(name));
  return [...names].sort(areNumbers ? (a, b) => Number(a) - Number(b) : undefined);
}
