import { describe, expect, it } from 'vitest';
import { exponential } from './exponential.js';
import type { Schedule } from './schedule.js';
import { warmUp } from './warm-up.js';

const base = exponential({ initialRate: 0.1, decaySteps: 20, decayRate: 0.5 });

it('rises in a line, then starts the schedule', () => {
  const rate = warmUp(base, 100);
  expect(rate(0)).toBe(0);
  expect(rate(50)).toBe(0.05);
  expect(rate(100)).toBe(0.1);
  expect(rate(120)).toBe(base(20));
});

it('takes a plain rate', () => {
  expect([0, 1, 2, 3].map(warmUp(0.2, 2))).toEqual([0, 0.1, 0.2, 0.2]);
});

describe('refuses', () => {
  it.each([
    [0, 'steps must be a positive integer. Received: 0'],
    [2.5, 'steps must be a positive integer. Received: 2.5'],
  ])('%d steps', (steps, message) => {
    expect(() => warmUp(base, steps)).toThrow(message);
  });

  it('a schedule that could not be saved', () => {
    const unnamed = ((step: number) => 1 / (step + 1)) as unknown as Schedule;
    expect(() => warmUp(unnamed, 10)).toThrow(
      'base must be a rate, or a schedule with a config. Received: a function',
    );
  });
});
