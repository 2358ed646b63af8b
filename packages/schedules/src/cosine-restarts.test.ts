import { describe, expect, it } from 'vitest';
import { cosineRestarts } from './cosine-restarts.js';

it('starts again after periods that grow', () => {
  const rate = cosineRestarts({ initialRate: 0.1, firstPeriod: 10 });
  expect([0, 10, 30, 70].map(rate)).toEqual([0.1, 0.1, 0.1, 0.1]);
  expect([5, 20, 50].map(rate).map((value) => value.toFixed(12))).toEqual(
    Array(3).fill('0.050000000000'),
  );
});

it('finds the period also where a logarithm would miss it by one', () => {
  const rate = cosineRestarts({ initialRate: 1, firstPeriod: 1, periodFactor: 3 });
  for (let start = 0, period = 0; period < 30; start += 3 ** period, period += 1)
    expect(rate(start), `period ${period}`).toBe(1);
});

it('falls by the rate factor, above the lowest rate', () => {
  const rate = cosineRestarts({
    ...{ initialRate: 1, firstPeriod: 10, periodFactor: 1 },
    ...{ rateFactor: 0.5, alpha: 0.2 },
  });
  expect([0, 10, 20].map(rate)).toEqual([1, 0.2 + 0.8 * 0.5, 0.2 + 0.8 * 0.25]);
});

describe('refuses', () => {
  it.each([
    [{ initialRate: -1 }, 'initialRate must be a finite number ≥ 0. Received: -1'],
    [{ firstPeriod: 0 }, 'firstPeriod must be a finite number > 0. Received: 0'],
    [{ periodFactor: 0.5 }, 'periodFactor must be a finite number ≥ 1. Received: 0.5'],
    [{ rateFactor: 0 }, 'rateFactor must be a finite number > 0. Received: 0'],
    [{ alpha: 2 }, 'alpha must be a number from 0 to 1. Received: 2'],
  ])('%o', (wrong, message) => {
    expect(() => cosineRestarts({ initialRate: 0.1, firstPeriod: 10, ...wrong })).toThrow(message);
  });
});
