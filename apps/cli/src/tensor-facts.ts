// What there is to say of the tensors in a file that holds no model, or one that cannot be built.

import type { TensorContent } from '@graftjs/keras-format/node';
import { statistics, type Statistics } from './statistics.js';

export interface TensorFacts extends Statistics {
  readonly name: string;
  readonly shape: readonly number[];
  /** As the file stores the numbers; those of `.h5` files are read as float32. */
  readonly dtype: string;
}

export interface TensorFileFacts {
  readonly file: string;
  /** Numbers in all tensors but the optimizer's. */
  readonly parameters: number;
  readonly tensors: readonly TensorFacts[];
  /** Null where the file has no state of one, or does not say how far it has come. */
  readonly optimizer: { readonly iterations: number } | null;
  /** Why the model that the file holds could not be built. */
  readonly modelProblem?: string | undefined;
}

/** Where Keras 3 keeps an optimizer, beginning with the count of updates. */
const optimizerFolder = 'optimizer/';

export function tensorFacts(file: string, { tensors, problem }: TensorContent): TensorFileFacts {
  const all = [...tensors].map(([name, { shape, dtype, data }]) => ({
    ...{ name, shape, dtype, ...statistics(data) },
  }));
  const isModels = ({ name }: { name: string }) => !name.startsWith(optimizerFolder);
  const parameters = all.filter(isModels).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const count = tensors.get(`${optimizerFolder}vars/0`)?.data[0];
  return {
    ...{ file, parameters, tensors: all },
    optimizer: count === undefined ? null : { iterations: Number(count) },
    ...(problem === undefined ? {} : { modelProblem: problem }),
  };
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
