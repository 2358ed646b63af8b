import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import { rateAt } from '@graftjs/core';
import { optimizerOver } from './rates.js';

const ratesOf = (optimizer: string, schedule?: string, rate?: number) => {
  const { learningRate } = optimizerOver({ optimizer, schedule, rate }, 100);
  return [0, 50, 100].map((step) => rateAt(learningRate, step));
};

it('falls as a cosine from the optimizer’s own rate, or the one that is given', () => {
  expect(ratesOf('adam')).toEqual([1e-3, expect.closeTo(5e-4, 9), expect.closeTo(0, 9)]);
  expect(ratesOf('sgd', undefined, 0.4)).toEqual([
    0.4,
    expect.closeTo(0.2, 9),
    expect.closeTo(0, 9),
  ]);
  expect(ratesOf('sgd:learningRate=0.2')[0]).toBe(0.2);
});

it('keeps the rate of an optimizer that needs no schedule', () => {
  expect(ratesOf('schedule-free')).toEqual([0.0025, 0.0025, 0.0025]);
});

it('lays a schedule over the run where the schedule says nothing of it', () => {
  expect(ratesOf('adam', 'constant')).toEqual([1e-3, 1e-3, 1e-3]);
  expect(ratesOf('adam', 'linear', 0.2)).toEqual([0.2, 0.1, 0]);
  expect(ratesOf('adam', 'oneCycle:startFactor=0.1', 0.2)[0]).toBeCloseTo(0.02, 9);
  expect(ratesOf('adam', 'oneCycle:maxRate=1,startFactor=0.1', 0.2)[0]).toBeCloseTo(0.1, 9);
  expect(ratesOf('adam', 'warmUpStableDecay', 0.2)).toEqual([0, 0.2, 0]);
});

it('refuses what is no schedule', () => {
  expect(() => ratesOf('adam', 'cubic')).toThrow('config.schedule must be one of constant');
  expect(() => ratesOf('adam', 'exponential')).toThrow('decayRate must be ');
});
