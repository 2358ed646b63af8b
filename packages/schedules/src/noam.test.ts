import { describe, expect, it } from 'vitest';
import { noam } from './noam.js';

it('rises for the warm-up, then falls as an inverse square root', () => {
  const rate = noam({ modelSize: 4, warmUpSteps: 100 });
  expect(rate(0)).toBeCloseTo(0.5 * 100 ** -1.5, 15);
  expect(rate(99)).toBeCloseTo(0.05, 15);
  expect(rate(399)).toBeCloseTo(0.025, 15);
});

describe('refuses', () => {
  it.each([
    [{ modelSize: 0 }, 'modelSize must be a finite number > 0. Received: 0'],
    [{ warmUpSteps: 0 }, 'warmUpSteps must be a positive integer. Received: 0'],
    [{ factor: -1 }, 'factor must be a finite number > 0. Received: -1'],
  ])('%o', (wrong, message) => {
    expect(() => noam({ modelSize: 512, ...wrong })).toThrow(message);
  });
});
