// Schedules that Keras has, by its own values; there and back; what one side lacks.

import { readFileSync } from 'node:fs';
import type { Schedule } from '@graftjs/core';
import {
  constant,
  cosine,
  cosineRestarts,
  exponential,
  linear,
  oneCycle,
  piecewiseConstant,
  polynomial,
  power,
  warmUp,
} from '@graftjs/schedules';
import { describe, expect, it } from 'vitest';
import { writeJson } from './json.js';
import { scheduleFromKeras, scheduleToKeras } from './keras-schedules.js';

interface Case {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

const fixture = new URL('../../../reference/fixtures/schedules.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[] };
// In stairs ours is none.
const isOurs = ({ class_name, config }: Case) =>
  !(class_name === 'InverseTimeDecay' && config.staircase === true);

describe.each(cases.filter(isOurs))('$class_name($config)', ({ steps, values, ...written }) => {
  it('has the values that Keras has', () => {
    const schedule = scheduleFromKeras(written) as Schedule;
    for (const [i, step] of steps.entries()) {
      const value = values[i] as number;
      expect(Math.abs(schedule(step) - value)).toBeLessThanOrEqual(1e-6 * value + 1e-8);
    }
  });
});

const ours: Schedule[] = [
  exponential({ initialRate: 1, decaySteps: 10, decayRate: 0.5, staircase: true }),
  piecewiseConstant({ boundaries: [3, 9], values: [1, 0.1, 0] }),
  polynomial({ initialRate: 0.1, decaySteps: 10, exponent: 2, cycle: true }),
  power({ initialRate: 0.1, decaySteps: 7 }),
  cosine({ initialRate: 0.1, decaySteps: 10, alpha: 0.1 }),
  cosineRestarts({ initialRate: 0.1, firstPeriod: 5, rateFactor: 0.5 }),
  warmUp(cosine({ initialRate: 1, decaySteps: 20 }), 5),
];

it.each(ours.map((schedule) => [schedule.name, schedule] as const))(
  '%s is the same after JSON and back',
  (_, schedule) => {
    const text = writeJson(scheduleToKeras(schedule));
    expect(scheduleFromKeras(JSON.parse(text))?.config).toEqual(schedule.config);
  },
);

it('a line is a polynomial, and a constant a number', () => {
  const written = writeJson(scheduleToKeras(linear({ initialRate: 0.1, finalRate: 0, steps: 10 })));
  expect(scheduleFromKeras(JSON.parse(written))?.(5)).toBeCloseTo(0.05, 15);
  expect(scheduleToKeras(constant(0.3))).toBe(0.3);
});

it('whole rates are floats in Python', () => {
  const text = writeJson(scheduleToKeras(warmUp(cosine({ initialRate: 1, decaySteps: 20 }), 5)));
  expect(text).toContain('"initial_learning_rate":0.0,"decay_steps":20,');
  expect(text).toContain('"warmup_target":1.0,"warmup_steps":5,');
});

it.each<[string, Schedule, string]>([
  ['another exponent', power({ initialRate: 1, decaySteps: 2, exponent: 2 }), 'power'],
  ['one of our own', oneCycle({ maxRate: 1, steps: 100 }), 'oneCycle'],
  ['a warm-up before something else', warmUp(0.1, 5), 'warmUp'],
  ['a function', function halving(t) { return 1 / (1 + t); }, 'halving'], // prettier-ignore
])('what Keras lacks is refused: %s', (_, schedule, which) => {
  expect(() => scheduleToKeras(schedule)).toThrow(
    `Keras has no schedule that computes what its learning rate does (${which})`,
  );
});

it.each([
  ['no object', 'CosineDecay'],
  ['a class of someone else', { class_name: 'Mine', config: {} }],
  ['the name of a property of all objects', { class_name: 'constructor', config: {} }],
  ['no config', { class_name: 'CosineDecay', config: null }],
  ['what ours does not take', { class_name: 'CosineDecay', config: { decay_steps: -1 } }],
  [
    'stairs of inverse time',
    {
      class_name: 'InverseTimeDecay',
      config: { initial_learning_rate: 1, decay_steps: 2, decay_rate: 1, staircase: true },
    },
  ],
  [
    'a warm-up that does not start from 0',
    {
      class_name: 'CosineDecay',
      config: { initial_learning_rate: 0.1, decay_steps: 2, warmup_target: 1, warmup_steps: 2 },
    },
  ],
])('what we lack is none: %s', (_, value) => {
  expect(scheduleFromKeras(value)).toBeUndefined();
});
