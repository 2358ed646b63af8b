// The schedules beside those of Keras. Its numbers are float32: they are off by 1e-6 of the rate, and, where
// 1 + cos cancels, by 1e-7 of the initial rate, which is 0.1 throughout.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  cosine,
  cosineRestarts,
  exponential,
  piecewiseConstant,
  polynomial,
  power,
  warmUp,
  type Schedule,
} from './index.js';

/** The options of all the classes in one. */
interface Config {
  readonly initial_learning_rate: number;
  readonly decay_steps: number;
  readonly decay_rate: number;
  readonly staircase?: boolean;
  readonly boundaries: readonly number[];
  readonly values: readonly number[];
  readonly alpha: number;
  readonly warmup_target?: number;
  readonly warmup_steps: number;
  readonly end_learning_rate: number;
  readonly power: number;
  readonly cycle?: boolean;
  readonly first_decay_steps: number;
  readonly t_mul: number;
  readonly m_mul: number;
}

interface Case {
  readonly class_name: string;
  readonly config: Config;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

const fixture = new URL('../../../reference/fixtures/schedules.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[] };

/** What each class of Keras is called here. */
const translations: Readonly<Record<string, (config: Config) => Schedule>> = {
  ExponentialDecay: ({ initial_learning_rate, decay_steps, decay_rate, staircase }) =>
    exponential({
      initialRate: initial_learning_rate,
      decaySteps: decay_steps,
      decayRate: decay_rate,
      staircase: staircase ?? false,
    }),
  PiecewiseConstantDecay: ({ boundaries, values }) => piecewiseConstant({ boundaries, values }),
  InverseTimeDecay: ({ initial_learning_rate, decay_steps, decay_rate }) =>
    power({ initialRate: initial_learning_rate, decaySteps: decay_steps / decay_rate }),
  PolynomialDecay: ({ initial_learning_rate, decay_steps, end_learning_rate, power, cycle }) =>
    polynomial({
      initialRate: initial_learning_rate,
      decaySteps: decay_steps,
      finalRate: end_learning_rate,
      exponent: power,
      cycle: cycle ?? false,
    }),
  CosineDecayRestarts: ({ initial_learning_rate, first_decay_steps, t_mul, m_mul, alpha }) =>
    cosineRestarts({
      initialRate: initial_learning_rate,
      firstPeriod: first_decay_steps,
      periodFactor: t_mul,
      rateFactor: m_mul,
      alpha,
    }),
  CosineDecay: ({ initial_learning_rate, decay_steps, alpha, warmup_target, warmup_steps }) =>
    warmup_target === undefined
      ? cosine({ initialRate: initial_learning_rate, decaySteps: decay_steps, alpha })
      : warmUp(
          cosine({ initialRate: warmup_target, decaySteps: decay_steps, alpha }),
          warmup_steps,
        ),
};

function hasCounterpart({ class_name, config }: Case): boolean {
  return class_name in translations && !(class_name === 'InverseTimeDecay' && config.staircase);
}

describe.each(cases.filter(hasCounterpart))('$class_name($config)', (keras) => {
  const schedule = translations[keras.class_name]!(keras.config);

  it.each(keras.steps.map((step, i) => [step, keras.values[i]!]))('at step %d', (step, value) => {
    expect(Math.abs(schedule(step) - value)).toBeLessThanOrEqual(1e-6 * value + 1e-8);
  });
});

it('compares every class that has a counterpart', () => {
  const compared = new Set(cases.filter(hasCounterpart).map(({ class_name }) => class_name));
  expect([...compared].sort()).toEqual(Object.keys(translations).sort());
});
