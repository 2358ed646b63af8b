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

const linear = fc.record({ initialRate: rate, finalRate: rate, steps }).map(schedules.linear);

const cyclical = fc
  .record(
    {
      rates: fc.tuple(rate, rate),
      stepsUp: steps,
      stepsDown: steps,
      mode: fc.constantFrom('triangular' as const, 'triangular2' as const, 'exponential' as const),
      gamma: fc.double({ min: 0.9, max: 1, noNaN: true }),
    },
    { requiredKeys: ['rates', 'stepsUp'] },
  )
  .map(({ rates, ...options }) =>
    schedules.cyclical({ minRate: Math.min(...rates), maxRate: Math.max(...rates), ...options }),
  );

const oneCycleMomentum = fc
  .record(
    {
      steps: fc.integer({ min: 21, max: 1_000_000 }),
      maxMomentum: fc.double({ min: 0.5, max: 0.99, noNaN: true }),
      minMomentum: fc.double({ min: 0, max: 0.5, noNaN: true }),
      finalFraction: fc.double({ min: 0, max: 0.9, noNaN: true }),
      anneal: fc.constantFrom('linear' as const, 'cosine' as const),
    },
    { requiredKeys: ['steps', 'minMomentum'] },
  )
  .map(schedules.oneCycleMomentum);

const part = fc.oneof(rate, exponential, linear, oneCycle, piecewiseConstant);

const sequence = fc
  .uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 4 })
  .map((boundaries) => boundaries.sort((a, b) => a - b))
  .chain((boundaries) => {
    const length = boundaries.length + 1;
    const parts = fc.array(part, { minLength: length, maxLength: length });
    return parts.map((list) => schedules.sequence(list, boundaries));
  });

const arbitraries: Record<keyof typeof schedules, fc.Arbitrary<Schedule>> = {
  constant: rate.map(schedules.constant),
  cosine: fc
    .record(
      { initialRate: rate, decaySteps: steps, alpha: fraction },
      { requiredKeys: ['initialRate', 'decaySteps'] },
    )
    .map(schedules.cosine),
  cosineRestarts: fc
    .record(
      {
        initialRate: rate,
        firstPeriod: steps,
        periodFactor: fc.double({ min: 1, max: 4, noNaN: true }),
        rateFactor: fc.double({ min: 0.1, max: 1, noNaN: true }),
        alpha: fraction,
      },
      { requiredKeys: ['initialRate', 'firstPeriod'] },
    )
    .map(schedules.cosineRestarts),
  cyclical,
  exponential,
  linear,
  noam: fc
    .record(
      {
        modelSize: steps,
        warmUpSteps: steps,
        factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
      },
      { requiredKeys: ['modelSize'] },
    )
    .map(schedules.noam),
  oneCycle,
  oneCycleMomentum,
  overTraining: fc
    .tuple(fc.oneof(exponential, linear, oneCycle), steps)
    .map(([base, n]) => schedules.overTraining(base, n)),
  piecewiseConstant,
  polynomial: fc
    .record(
      {
        initialRate: rate,
        decaySteps: steps,
        finalRate: rate,
        exponent: fc.double({ min: 0, max: 5, noNaN: true }),
        cycle: fc.boolean(),
      },
      { requiredKeys: ['initialRate', 'decaySteps'] },
    )
    .map(schedules.polynomial),
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
  scale: fc.tuple(part, rate).map(([base, factor]) => schedules.scale(base, factor)),
  sequence,
  warmUp: fc.tuple(part, steps).map(([base, n]) => schedules.warmUp(base, n)),
  warmUpStableDecay: fc
    .record(
      {
        rate,
        warmUpSteps: fc.nat(1_000_000),
        stableSteps: fc.nat(1_000_000),
        decaySteps: fc.nat(1_000_000),
        finalFactor: fraction,
        decay: fc.constantFrom('sqrt' as const, 'linear' as const, 'cosine' as const),
      },
      { requiredKeys: ['rate', 'warmUpSteps', 'stableSteps', 'decaySteps'] },
    )
    .map(schedules.warmUpStableDecay),
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
