// What training, evaluation and prediction ask of their arguments.

import { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { GraftError, invalidArgument, type Batch, type Dataset } from '@graftjs/core';

/** @throws GraftError for a model that has not one input and one output */
export function checkModel({ inputs, outputs }: LayersModel): void {
  if (inputs.length === 1 && outputs.length === 1) return;
  const received = { inputs: inputs.length, outputs: outputs.length };
  throw invalidArgument('model', 'a model with one input and one output', received);
}

/** @throws GraftError for what is not a dataset, or an empty one */
export function checkDataset(argument: string, data: Dataset): void {
  const given: Partial<Dataset> | null | undefined = data;
  if (typeof given?.[Symbol.asyncIterator] !== 'function' || typeof given.batches !== 'number') {
    throw invalidArgument(argument, 'a Dataset: an async iterable with `batches`', given);
  }
  if (!(given.batches > 0)) {
    throw invalidArgument(
      argument,
      'a dataset with at least one batch',
      `${given.batches} batches`,
    );
  }
}

/** @throws GraftError for what is no batch of examples for the model */
export function checkBatch(model: LayersModel, batch: Batch): void {
  const given: Partial<Batch> | null | undefined = batch;
  for (const name of ['xs', 'ys'] as const) {
    if (!(given?.[name] instanceof Tensor)) {
      throw invalidArgument(`${name} of a batch`, 'a tensor', given?.[name]);
    }
  }
  if (batch.xs.shape[0] === 0) {
    throw new GraftError('a batch must have at least one example. Received: none');
  }
  checkInput(model, batch.xs);
}

/** @throws GraftError for a batch that has not the shape of the model's input */
export function checkInput(model: LayersModel, xs: Tensor): void {
  const wanted = model.inputs[0]?.shape ?? [];
  const fits =
    wanted.length === xs.rank && wanted.every((size, i) => size === null || size === xs.shape[i]);
  if (fits) return;
  const shape = wanted.map((size) => size ?? 'any').join(', ');
  throw new GraftError(
    `xs must have the shape of the model's input, [${shape}]. Received: [${xs.shape}]`,
  );
}

/**
 * @returns the number of examples
 * @throws GraftError for a batch size that is none, a model or examples that do not fit, or no example
 */
export function checkExamples(model: LayersModel, xs: Tensor, batchSize: number): number {
  if (!(Number.isInteger(batchSize) && batchSize > 0)) {
    throw invalidArgument('batchSize', 'a positive integer', batchSize);
  }
  checkModel(model);
  checkInput(model, xs);
  const count = xs.shape[0] as number;
  if (count === 0) throw invalidArgument('xs', 'a tensor with at least one example', xs.shape);
  return count;
}
