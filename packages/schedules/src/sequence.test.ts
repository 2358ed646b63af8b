import { expect, it } from 'vitest';
import { linear } from './linear.js';
import { sequence } from './sequence.js';

const up = linear({ initialRate: 0, finalRate: 1, steps: 10 });

it('gives each part the steps since its start', () => {
  const rate = sequence([up, 0.5, up], [10, 20]);
  expect([0, 5, 10, 19.5, 20, 25, 30].map(rate)).toEqual([0, 0.5, 0.5, 0.5, 0, 0.5, 1]);
});

it('may have one part', () => {
  expect(sequence([0.1], [])(7)).toBe(0.1);
});

it.each([
  [[], [], 'parts must be a list of at least one schedule. Received: []'],
  [[0.1, 0.2], [], 'boundaries must be a list of 1, one fewer than there are parts. Received: []'],
  [[0.1, 0.2], [0], 'boundaries[0] must be a finite number > 0. Received: 0'],
  [[0.1, 0.2, 0.3], [5, 5], 'boundaries must be strictly increasing. Received: [5,5]'],
  [[0.1, -1], [5], 'rate must be a finite number ≥ 0. Received: -1'],
  [
    [0.1, () => 0.1],
    [5],
    'parts[1] must be a rate, or a schedule with a config. Received: a function',
  ],
])('refuses %o, %o', (parts, boundaries, message) => {
  expect(() => sequence(parts as number[], boundaries)).toThrow(message);
});
