// The ways in which a step of training runs in Node, and training of the same model on two of them, compared.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { expect } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import type { Dataset } from '@graftjs/core';
import type { RuleOptimizer } from '@graftjs/optimizers';
import { importTensorFlow } from '@graftjs/test-utils';
import { fit, type FitOptions, type History } from '@graftjs/training';

export interface Way {
  readonly way: string;
  readonly backend: string;
  readonly runEagerly: boolean;
}

/** Those of TensorFlow are there where it is installed, and its backend is then registered. */
export async function waysOfSteps(): Promise<Way[]> {
  const cpu = { way: 'op by op on cpu', backend: 'cpu', runEagerly: true };
  if (!(await importTensorFlow())) return [cpu];
  registerNodeBackend();
  const tensorflow = { backend: 'tensorflow' };
  return [
    cpu,
    { way: 'op by op on TensorFlow', ...tensorflow, runEagerly: true },
    { way: 'as a TensorFlow graph', ...tensorflow, runEagerly: false },
  ];
}

export interface Trained {
  readonly history: History;
  readonly weights: number[][];
  readonly slots: number[][];
}

export type TrainOptions = Omit<FitOptions, 'optimizer'> & { optimizer: RuleOptimizer };

export async function train(
  model: LayersModel,
  data: Dataset,
  options: TrainOptions,
): Promise<Trained> {
  const history = await fit(model, data, options);
  const slots = await options.optimizer.getWeights();
  return {
    history,
    weights: model.getWeights().map(numbers),
    slots: slots.map(({ tensor }) => numbers(tensor)),
  };
}

/**
 * Trains what `setUp` makes, once on each engine, and asserts that weights, slots and logs agree.
 *
 * @param setUp makes the same model (same initial weights) each time, with its data and options
 */
export async function expectEnginesAgree(
  setUp: () => { model: LayersModel; data: Dataset; options: TrainOptions },
  tolerance = 1e-5,
): Promise<void> {
  const run = async (runEagerly: boolean) => {
    const { model, data, options } = setUp();
    return train(model, data, { ...options, runEagerly });
  };
  const [eager, graph] = [await run(true), await run(false)];
  expect(eager.history.engine).toEqual({ name: 'eager', reason: 'runEagerly was asked for' });
  expect(graph.history.engine).toEqual({ name: 'graph' });
  expectClose(graph.weights, eager.weights, tolerance);
  expectClose(graph.slots, eager.slots, tolerance);
  expect(Object.keys(graph.history.logs)).toEqual(Object.keys(eager.history.logs));
  expectClose(Object.values(graph.history.logs), Object.values(eager.history.logs), tolerance);
}

export function expectClose(actual: number[][], expected: number[][], tolerance = 1e-5): void {
  expect(actual.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  for (const [i, values] of expected.entries()) {
    expect(tf.tensor1d(actual[i] as number[])).toBeCloseToTensor(values, tolerance);
  }
}

export function numbers(tensor: tf.Tensor): number[] {
  return Array.from(tensor.dataSync());
}
