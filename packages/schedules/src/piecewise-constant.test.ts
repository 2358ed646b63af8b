import { describe, expect, it } from 'vitest';
import { piecewiseConstant } from './piecewise-constant.js';

it('counts a boundary to the piece before it', () => {
  const rate = piecewiseConstant({ boundaries: [10, 20], values: [0.3, 0.2, 0.1] });
  expect([0, 10, 10.5, 20, 21, 1e9].map(rate)).toEqual([0.3, 0.3, 0.2, 0.2, 0.1, 0.1]);
});

it('keeps its own copy of the lists', () => {
  const values = [0.2, 0.1];
  const rate = piecewiseConstant({ boundaries: [10], values });
  values[0] = 7;
  expect(rate(0)).toBe(0.2);
});

describe('refuses', () => {
  it.each([
    [[10, 10], [1, 2, 3], 'boundaries must be strictly increasing. Received: [10,10]'],
    [[-1], [1, 2], 'boundaries[0] must be a finite number ≥ 0. Received: -1'],
    [[10], [1], 'values must be 2 rates, one more than there are boundaries. Received: [1]'],
    [[10], [1, -2], 'values[1] must be a finite number ≥ 0. Received: -2'],
  ])('boundaries %j, values %j', (boundaries, values, message) => {
    expect(() => piecewiseConstant({ boundaries, values })).toThrow(message);
  });

  it('what is no list', () => {
    expect(() => piecewiseConstant({ boundaries: [], values: 0.1 as unknown as number[] })).toThrow(
      'values must be a list of numbers. Received: 0.1',
    );
  });
});
