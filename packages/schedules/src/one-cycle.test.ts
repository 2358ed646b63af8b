import { describe, expect, it } from 'vitest';
import { oneCycle, type OneCycleOptions } from './one-cycle.js';

const tenSteps: OneCycleOptions = {
  maxRate: 25,
  steps: 10,
  startFactor: 1 / 25,
  finalFraction: 0.2,
  finalFactor: 1 / 100,
};

function rates(options: OneCycleOptions): number[] {
  return Array.from({ length: options.steps }, (_, step) => oneCycle(options)(step));
}

function expectClose(actual: number[], expected: number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((rate, step) => expect(rate, `step ${step}`).toBeCloseTo(expected[step]!, 12));
}

it('equals OneCycleLR of torch with three phases and straight lines', () => {
  // PyTorch, test/optim/test_lrscheduler.py, test_onecycle_lr_linear_annealing_three_phases:
  // max_lr=25, div_factor=25, final_div_factor=4, total_steps=10, pct_start=0.4.
  expectClose(rates(tenSteps), [1, 9, 17, 25, 17, 9, 1, 0.75, 0.5, 0.25]);
});

it('equals OneCycleLR of torch with three phases and half cosines', () => {
  // By hand from its formula, end + (start − end)/2 · (1 + cos(π · share)), at shares of thirds: cos is ±1/2.
  const expected = [1, 7, 19, 25, 19, 7, 1, 0.8125, 0.4375, 0.25];
  expectClose(rates({ ...tenSteps, anneal: 'cosine' }), expected);
});

it('goes by default from a tenth to the top, back, and down by three orders more', () => {
  const rate = oneCycle({ maxRate: 0.05, steps: 100 });
  expectClose([0, 22, 44, 66, 88, 99].map(rate), [0.005, 0.0275, 0.05, 0.0275, 0.005, 0.000005]);
});

it('stays at the last rate', () => {
  const rate = oneCycle(tenSteps);
  expect([9, 10, 1000].map(rate)).toEqual([0.25, 0.25, 0.25]);
});

it('needs no last phase', () => {
  expectClose(
    rates({ maxRate: 4, steps: 6, startFactor: 0.5, finalFraction: 0, finalFactor: 0 }),
    [2, 3, 4, 3, 2, 0],
  );
});

describe('refuses', () => {
  it.each([
    [{ maxRate: -1 }, 'maxRate must be a finite number ≥ 0. Received: -1'],
    [{ steps: 9.5 }, 'steps must be a positive integer. Received: 9.5'],
    [{ steps: 2 }, 'steps must be above 2 / (1 − finalFraction), for a first phase. Received: 2'],
    [{ finalFraction: 1 }, 'steps must be above 2 / (1 − finalFraction)'],
    [{ startFactor: 25 }, 'startFactor must be a number from 0 to 1. Received: 25'],
    [{ finalFraction: -0.1 }, 'finalFraction must be a number from 0 to 1. Received: -0.1'],
    [{ finalFactor: 10_000 }, 'finalFactor must be a number from 0 to 1. Received: 10000'],
    [{ anneal: 'cos' as 'cosine' }, `anneal must be 'linear' or 'cosine'. Received: "cos"`],
  ])('%o', (wrong, message) => {
    expect(() => oneCycle({ ...tenSteps, ...wrong })).toThrow(message);
  });
});
