// One seed of the lesson: model A, model B from scratch, and model B grafted on A.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Dataset, Logs } from '@graftjs/core';
import { evaluate, fit, type History } from '@graftjs/training';
import { cloneModel, cutAt, fitPhases, graftHead } from '@graftjs/transfer';
import type { Progress } from '../terminal/progress.js';
import { batchesOf, type TaskData } from './data.js';
import { networkA, networkB, shirtHead } from './networks.js';
import type { Recipe, Training } from './recipe.js';

export interface TrainedModel {
  readonly model: LayersModel;
  readonly logs: Record<string, readonly number[]>;
  /** The learning rate of every update. */
  readonly rates: readonly number[];
  readonly engine: History['engine'];
  readonly testAccuracy: number;
  readonly seconds: number;
}

export interface Trial {
  readonly seed: number;
  readonly a: TrainedModel;
  readonly b: TrainedModel;
  readonly bOnA: TrainedModel;
}

export interface TrialOptions {
  readonly recipe: Recipe;
  readonly data: { a: TaskData; b: TaskData };
  readonly seed: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

const measuredA = { loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] } as const;
const measuredB = { loss: 'binaryCrossentropy', metrics: ['accuracy'] } as const;

export async function runTrial({
  recipe,
  data,
  seed,
  progress,
  signal,
}: TrialOptions): Promise<Trial> {
  // Seeds of the layers of one trial lie within 10 of each other.
  const layerSeed = 1000 + 20 * seed;
  const trainA = batchesOf(data.a.train, recipe.batchSize, seed);
  const trainB = batchesOf(data.b.train, recipe.batchSize, seed);

  const a = await timed('A      ', progress, recipe.a.epochs, async (callback) => {
    const model = networkA(layerSeed);
    const run = phase(recipe.a, trainA);
    const common = { ...measuredA, validation: data.a.validation, callbacks: [callback], signal };
    const history = await fit(model, trainA, { ...common, ...run });
    const test = await evaluate(model, data.a.test, { ...measuredA, signal });
    return { model, histories: [history], rates: run.rates, test };
  });

  const common = { ...measuredB, validation: data.b.validation, signal };
  const b = await timed('B      ', progress, recipe.b.epochs, async (callback) => {
    const model = networkB(layerSeed + 10);
    const run = phase(recipe.b, trainB);
    const history = await fit(model, trainB, { ...common, ...run, callbacks: [callback] });
    const test = await evaluate(model, data.b.test, { ...measuredB, signal });
    return { model, histories: [history], rates: run.rates, test };
  });

  const epochs = recipe.frozen.epochs + recipe.unfrozen.epochs;
  const bOnA = await timed('B on A ', progress, epochs, async (callback) => {
    const body = cutAt(cloneModel(a.model), -2);
    const model = graftHead(body, [shirtHead(layerSeed + 10)], 'model_b_on_a');
    const frozen = phase(recipe.frozen, trainB);
    const unfrozen = phase(recipe.unfrozen, trainB);
    const phases = [
      { trainFrom: 'head', ...frozen },
      { trainFrom: 0, ...unfrozen },
    ];
    const histories = await fitPhases(model, trainB, phases, { ...common, callbacks: [callback] });
    const test = await evaluate(model, data.b.test, { ...measuredB, signal });
    const rates = [...frozen.rates, ...unfrozen.rates];
    return { model, histories, rates, test };
  });
  return { seed, a, b, bOnA };
}

function phase({ epochs, rate, optimizer }: Training, data: Dataset) {
  const steps = epochs * data.batches;
  const schedule = rate(steps);
  const rates = Array.from({ length: steps }, (_, step) =>
    typeof schedule === 'function' ? schedule(step) : schedule,
  );
  return { epochs, optimizer: optimizer(schedule), rates };
}

interface Outcome {
  model: LayersModel;
  histories: History[];
  rates: number[];
  test: Logs;
}

async function timed(
  title: string,
  progress: Progress,
  epochs: number,
  train: (callback: ReturnType<Progress['track']>) => Promise<Outcome>,
): Promise<TrainedModel> {
  const started = performance.now();
  const callback = progress.track(title, epochs);
  try {
    const { model, histories, rates, test } = await train(callback);
    const seconds = (performance.now() - started) / 1000;
    const testAccuracy = test.accuracy as number;
    callback.done(`${percent(testAccuracy)} of the test images right, ${seconds.toFixed(1)} s`);
    const engine = histories.at(-1)?.engine;
    return { model, logs: joined(histories), rates, engine, testAccuracy, seconds };
  } catch (error) {
    callback.done('stopped');
    throw error;
  }
}

export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}

function joined(histories: readonly History[]): Record<string, number[]> {
  const logs: Record<string, number[]> = {};
  for (const history of histories) {
    for (const [name, values] of Object.entries(history.logs)) {
      logs[name] = [...(logs[name] ?? []), ...values];
    }
  }
  return logs;
}
