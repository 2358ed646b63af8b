// A file of class names, as `graft train` writes it beside a model.

import { readFile } from 'node:fs/promises';
import { parseLabels } from '@graftjs/inference';

/** The names, one of each line; empty lines are left out. */
export async function readLabels(file: string): Promise<string[]> {
  return parseLabels(await readFile(file, 'utf8'));
}
