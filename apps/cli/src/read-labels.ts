// A file of class names, as `graft train` writes it beside a model.

import { readFile } from 'node:fs/promises';

/** The names, one of each line; empty lines are left out. */
export async function readLabels(file: string): Promise<string[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '');
}
