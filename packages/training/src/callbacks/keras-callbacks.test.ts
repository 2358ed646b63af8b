// Callbacks beside those of Keras, over the same courses of a value.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Callback, RuleDrivenOptimizer } from '@graftjs/core';
import { trainingRun } from '../testing/training-run.js';
import { earlyStopping } from './early-stopping.js';
import { reduceLROnPlateau } from './reduce-lr-on-plateau.js';

interface Case {
  readonly callback: string;
  readonly course: string;
  readonly options: Options;
  readonly epochs: number;
  readonly weights_of: number;
  readonly rates: readonly number[];
}

interface Options {
  readonly monitor: string;
  readonly mode: 'min' | 'max';
  readonly patience: number;
  readonly min_delta?: number;
  readonly baseline?: number;
  readonly start_from_epoch?: number;
  readonly restore_best_weights?: boolean;
  readonly factor?: number;
  readonly cooldown?: number;
  readonly min_lr?: number;
}

const fixture = new URL('../../../../reference/fixtures/callbacks/cases.json', import.meta.url);
const { courses, cases } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  courses: Record<string, (number | null)[]>;
  cases: Case[];
};

const given = <T extends object>(options: T) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

const common = ({ monitor, mode, patience, min_delta }: Options) => ({
  ...{ monitor, mode, patience },
  ...given({ minDelta: min_delta }),
});

const translations: Record<string, (options: Options) => Callback> = {
  EarlyStopping: (options) =>
    earlyStopping({
      ...common(options),
      ...given({
        baseline: options.baseline,
        startFromEpoch: options.start_from_epoch,
        restoreBestWeights: options.restore_best_weights,
      }),
    }),
  ReduceLROnPlateau: (options) =>
    reduceLROnPlateau({
      ...common(options),
      ...given({ factor: options.factor, cooldown: options.cooldown, minRate: options.min_lr }),
    }),
};

let model: LayersModel;

beforeEach(() => {
  model = sequential({ layers: [layers.dense({ units: 1, useBias: false, inputShape: [1] })] });
});

afterEach(() => model.dispose());

/** The run that the fixture's script made: each epoch marks the weight, and a value takes its course. */
async function run(course: readonly (number | null)[], callback: Callback) {
  let stopped = false;
  const optimizer = { rule: {}, advance: () => ({}), learningRate: 0.1 };
  const rates: number[] = [];
  const run = {
    ...{ model, epochs: course.length },
    optimizer: optimizer as unknown as RuleDrivenOptimizer,
    stop: () => void (stopped = true),
  };
  await callback.onTrainBegin?.(trainingRun(run));
  for (let epoch = 0; epoch < course.length && !stopped; epoch++) {
    tf.tidy(() => model.setWeights([tf.fill([1, 1], epoch)]));
    await callback.onEpochEnd?.(epoch, { value: course[epoch] ?? NaN });
    rates.push(Number(optimizer.learningRate.toFixed(8)));
  }
  await callback.onTrainEnd?.();
  return {
    epochs: rates.length,
    weights_of: model.getWeights()[0]?.dataSync()[0],
    rates,
  };
}

describe.each(cases)('$callback over "$course" with $options', (keras) => {
  it('does what it does in Keras', async () => {
    const callback = translations[keras.callback]!(keras.options);
    const { epochs, weights_of, rates } = keras;
    const course = courses[keras.course]!;
    const { numTensors } = tf.memory();
    const result = await run(course, callback);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(result).toEqual({ epochs, weights_of, rates });
    // The next run starts afresh.
    expect(await run(course, callback)).toEqual(result);
  });
});
