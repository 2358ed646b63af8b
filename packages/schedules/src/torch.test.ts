// The schedules beside those of torch, which computes in float64 but, in part, step after step: off by 1e-12.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  cosineRestarts,
  cyclical,
  linear,
  oneCycle,
  oneCycleMomentum,
  polynomial,
  type CyclicalOptions,
  type Schedule,
} from './index.js';

/** The options of all the schedulers in one. */
interface Config {
  readonly start_factor: number;
  readonly end_factor: number;
  readonly total_iters: number;
  readonly power: number;
  readonly T_0: number;
  readonly T_mult: number;
  readonly eta_min: number;
  readonly base_lr: number;
  readonly max_lr: number;
  readonly step_size_up: number;
  readonly step_size_down?: number;
  readonly mode: string;
  readonly gamma?: number;
  readonly total_steps: number;
  readonly pct_start: number;
  readonly anneal_strategy: string;
}

interface Case {
  readonly name: string;
  readonly config: Config;
  readonly rates: readonly number[];
  readonly momenta?: readonly number[];
}

const fixture = new URL('../../../reference/torch/schedules.json', import.meta.url);
const { cases, rate } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  cases: Case[];
  rate: number;
};

const phases = ({ total_steps, pct_start, anneal_strategy }: Config) => ({
  steps: total_steps,
  finalFraction: 1 - 2 * pct_start,
  anneal: anneal_strategy === 'cos' ? ('cosine' as const) : ('linear' as const),
});

const modes: Record<string, NonNullable<CyclicalOptions['mode']>> = {
  triangular: 'triangular',
  triangular2: 'triangular2',
  exp_range: 'exponential',
};

const translations: Readonly<Record<string, (config: Config) => Schedule>> = {
  LinearLR: ({ start_factor, end_factor, total_iters }) =>
    linear({
      initialRate: start_factor * rate,
      finalRate: end_factor * rate,
      steps: total_iters,
    }),
  PolynomialLR: ({ total_iters, power }) =>
    polynomial({ initialRate: rate, finalRate: 0, decaySteps: total_iters, exponent: power }),
  CosineAnnealingWarmRestarts: ({ T_0, T_mult, eta_min }) =>
    cosineRestarts({
      initialRate: rate,
      firstPeriod: T_0,
      periodFactor: T_mult,
      alpha: eta_min / rate,
    }),
  CyclicLR: ({ base_lr, max_lr, step_size_up, step_size_down, mode, gamma }) =>
    cyclical({
      minRate: base_lr,
      maxRate: max_lr,
      stepsUp: step_size_up,
      stepsDown: step_size_down ?? step_size_up,
      mode: modes[mode]!,
      gamma: gamma ?? 1,
    }),
  OneCycleLR: (config) =>
    oneCycle({ maxRate: rate, startFactor: 0.1, finalFactor: 1e-4, ...phases(config) }),
};

const close = (actual: Schedule, expected: readonly number[]) =>
  expected.forEach((value, step) =>
    expect(Math.abs(actual(step) - value), `step ${step}`).toBeLessThanOrEqual(1e-12),
  );

describe.each(cases)('$name($config)', ({ name, config, rates }) => {
  it('has the same rates', () => {
    close(translations[name]!(config), rates);
  });
});

it.each(cases.filter(({ momenta }) => momenta !== undefined))(
  '$name($config) has the same momenta',
  ({ config, momenta }) => {
    close(oneCycleMomentum(phases(config)), momenta!);
  },
);

it('compares every scheduler of the fixture', () => {
  expect([...new Set(cases.map(({ name }) => name))].sort()).toEqual(
    Object.keys(translations).sort(),
  );
});
