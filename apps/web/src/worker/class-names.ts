// The names of a model's classes: those of a file, ImageNet's, or none.

import { invalidArgument } from '@graftjs/core';
import { parseLabels } from '@graftjs/inference';
import { imagenetClasses } from '@graftjs/model-zoo';

/** Names with where they are from; of none, the classes are called by their numbers. */
export interface ClassNames {
  readonly names?: readonly string[];
  readonly from: string;
}

/** @throws GraftError where the file has not one name for each class */
export async function classNames(file: File | undefined, classes: number): Promise<ClassNames> {
  if (file) {
    const names = parseLabels(await file.text());
    if (names.length !== classes) {
      throw invalidArgument(file.name, `a name for each of ${classes} classes`, `${names.length}`);
    }
    return { names, from: file.name };
  }
  if (classes === imagenetClasses.length) {
    const names = imagenetClasses.map(({ name }) => name.replaceAll('_', ' '));
    return { names, from: 'ImageNet' };
  }
  return { from: 'numbers, for want of a file with names' };
}
