// What holds for every schedule. The table names one arbitrary for each, so that a new one cannot stay untested.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromConfig, type Schedule, type ScheduleConfig } from './index.js';
import * as schedules from './schedules.js';

const rate = fc.double({ min: 0, max: 10, noNaN: true });
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const steps = fc.integer({ min: 1, max: 1_000_000 });
const anyStep = fc.double({ min: 0, max: 2_000_000, noNaN: true });

const exponential = fc
  .record(
    {
      initialRate: rate,
      decaySteps: steps,
      decayRate: fc.double({ min: 1e-6, max: 1, noNaN: true }),
      staircase: fc.boolean(),
    },
    { requiredKeys: ['initialRate', 'decaySteps', 'decayRate'] },
  )
  .map(schedules.exponential);

const piecewiseConstant = fc
  .uniqueArray(fc.nat(1_000_000), { maxLength: 5 })
  .map((boundaries) => boundaries.sort((a, b) => a - b))
  .chain((boundaries) => {
    const length = boundaries.length + 1;
    const values = fc.array(rate, { minLength: length, maxLength: length });
    return values.map((list) => schedules.piecewiseConstant({ boundaries, values: list }));
  });

const oneCycle = fc
  .record(
    {
      maxRate: rate,
      steps: fc.integer({ min: 21, max: 1_000_000 }),
      startFactor: fraction,
      finalFraction: fc.double({ min: 0, max: 0.9, noNaN: true }),
      finalFactor: fraction,
      anneal: fc.constantFrom('linear' as const, 'cosine' as const),
    },
    { requiredKeys: ['maxRate', 'steps'] },
  )
  .map(schedules.oneCycle);

const arbitraries: Record<keyof typeof schedules, fc.Arbitrary<Schedule>> = {
  constant: rate.map(schedules.constant),
  cosine: fc
    .record(
      { initialRate: rate, decaySteps: steps, alpha: fraction },
      { requiredKeys: ['initialRate', 'decaySteps'] },
    )
    .map(schedules.cosine),
  exponential,
  oneCycle,
  piecewiseConstant,
  power: fc
    .record(
      {
        initialRate: rate,
        decaySteps: steps,
        exponent: fc.double({ min: 0, max: 5, noNaN: true }),
      },
      { requiredKeys: ['initialRate', 'decaySteps'] },
    )
    .map(schedules.power),
  warmUp: fc
    .tuple(fc.oneof(rate, exponential, oneCycle, piecewiseConstant), steps)
    .map(([base, n]) => schedules.warmUp(base, n)),
};

it('covers every schedule', () => {
  expect(Object.keys(arbitraries).sort()).toEqual(Object.keys(schedules).sort());
});

describe.each(Object.entries(arbitraries))('%s', (name, arbitrary) => {
  it('bears the name of its constructor', () => {
    fc.assert(
      fc.property(arbitrary, (schedule) => {
        expect(schedule.name).toBe(name);
        expect(schedule.config.schedule).toBe(name);
      }),
    );
  });

  it('is finite and ≥ 0 at every step', () => {
    fc.assert(
      fc.property(arbitrary, anyStep, (schedule, step) => {
        expect(schedule(step)).toBeGreaterThanOrEqual(0);
        expect(schedule(step)).toBeLessThan(Infinity);
      }),
    );
  });

  it('is pure: the order of the calls does not matter', () => {
    fc.assert(
      fc.property(arbitrary, fc.array(anyStep), (schedule, list) => {
        const forwards = list.map(schedule);
        const backwards = [...list].reverse().map(schedule).reverse();
        expect(backwards).toEqual(forwards);
      }),
    );
  });

  it('comes back from JSON as it was', () => {
    fc.assert(
      fc.property(arbitrary, fc.array(anyStep), (schedule, list) => {
        const again = fromConfig(JSON.parse(JSON.stringify(schedule.config)) as ScheduleConfig);
        expect(again.config).toEqual(schedule.config);
        expect(list.map(again)).toEqual(list.map(schedule));
      }),
    );
  });

  it('has a config that nobody can change', () => {
    const [schedule] = fc.sample(arbitrary, 1);
    for (const value of [schedule!.config, ...Object.values(schedule!.config)]) {
      expect(Object.isFrozen(value)).toBe(true);
    }
  });

  it.each([-1, NaN, Infinity])('refuses the step %d', (step) => {
    const [schedule] = fc.sample(arbitrary, 1);
    expect(() => schedule!(step)).toThrow(
      `step must be a finite number ≥ 0. Received: ${String(step)}`,
    );
  });
});
