// Laws of the schedules that are made of pieces: where they begin and end, that they go one way between two knots, and that
// they do not jump. Those that may jump (stairs, restarts, sequences) are not here.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cosine,
  cyclical,
  exponential,
  linear,
  noam,
  oneCycle,
  oneCycleMomentum,
  polynomial,
  power,
  warmUp,
  warmUpStableDecay,
  type Schedule,
} from './index.js';

/** A schedule, and the places that it goes straight on between: [step, value]. */
interface Shape {
  schedule: Schedule;
  knots: [step: number, value: number][];
}

const rate = fc.double({ min: 1e-3, max: 10, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const steps = fc.integer({ min: 30, max: 2000 });
const anneal = fc.constantFrom('linear' as const, 'cosine' as const);
const exponent = fc.double({ min: 0.5, max: 3, noNaN: true });

const shapes: Record<string, fc.Arbitrary<Shape>> = {
  linear: fc.tuple(rate, rate, steps).map(([from, to, n]) => ({
    schedule: linear({ initialRate: from, finalRate: to, steps: n }),
    knots: [
      [0, from],
      [n, to],
      [2 * n, to],
    ],
  })),
  cosine: fc.tuple(rate, share, steps).map(([from, alpha, n]) => ({
    schedule: cosine({ initialRate: from, decaySteps: n, alpha }),
    knots: [
      [0, from],
      [n, alpha * from],
      [2 * n, alpha * from],
    ],
  })),
  polynomial: fc.tuple(rate, rate, steps, exponent).map(([from, to, n, p]) => ({
    schedule: polynomial({ initialRate: from, finalRate: to, decaySteps: n, exponent: p }),
    knots: [
      [0, from],
      [n, to],
      [2 * n, to],
    ],
  })),
  exponential: fc
    .tuple(rate, steps, fc.double({ min: 0.1, max: 1, noNaN: true }))
    .map(([from, n, factor]) => ({
      schedule: exponential({ initialRate: from, decaySteps: n, decayRate: factor }),
      knots: [
        [0, from],
        [n, factor * from],
        [2 * n, factor ** 2 * from],
      ],
    })),
  power: fc.tuple(rate, steps, exponent).map(([from, n, c]) => ({
    schedule: power({ initialRate: from, decaySteps: n, exponent: c }),
    knots: [
      [0, from],
      [n, from / 2 ** c],
      [3 * n, from / 4 ** c],
    ],
  })),
  cyclical: fc.tuple(rate, rate, steps).map(([low, more, n]) => ({
    schedule: cyclical({ minRate: low, maxRate: low + more, stepsUp: n }),
    knots: [
      [0, low],
      [n, low + more],
      [2 * n, low],
      [3 * n, low + more],
    ],
  })),
  noam: fc.tuple(steps, steps).map(([size, n]) => ({
    schedule: noam({ modelSize: size, warmUpSteps: n }),
    knots: [
      // Its first update is number 1.
      [0, 1 / Math.sqrt(size) / n ** 1.5],
      [n - 1, 1 / Math.sqrt(size * n)],
      [4 * n - 1, 0.5 / Math.sqrt(size * n)],
    ],
  })),
  oneCycle: fc.tuple(rate, share, share, steps, anneal).map(([top, start, end, n, way]) => {
    const factors = { startFactor: start, finalFactor: end * start };
    const peak = 0.45 * n - 1;
    return {
      schedule: oneCycle({ maxRate: top, steps: n, anneal: way, ...factors }),
      knots: [
        [0, start * top],
        [peak, top],
        [2 * peak, start * top],
        [n - 1, end * start * top],
        [2 * n, end * start * top],
      ],
    };
  }),
  oneCycleMomentum: fc.tuple(share, steps, anneal).map(([low, n, way]) => {
    const [max, min] = [0.95, 0.95 * low];
    const peak = 0.45 * n - 1;
    return {
      schedule: oneCycleMomentum({ steps: n, maxMomentum: max, minMomentum: min, anneal: way }),
      knots: [
        [0, max],
        [peak, min],
        [2 * peak, max],
        [2 * n, max],
      ],
    };
  }),
  warmUp: fc.tuple(rate, share, steps, steps).map(([from, alpha, first, n]) => ({
    schedule: warmUp(cosine({ initialRate: from, decaySteps: n, alpha }), first),
    knots: [
      [0, 0],
      [first, from],
      [first + n, alpha * from],
    ],
  })),
  warmUpStableDecay: fc
    .tuple(rate, share, steps, steps, steps, fc.constantFrom('sqrt', 'linear', 'cosine'))
    .map(([top, end, up, level, down, decay]) => ({
      schedule: warmUpStableDecay({
        ...{ rate: top, finalFactor: end, decay: decay as 'sqrt' },
        ...{ warmUpSteps: up, stableSteps: level, decaySteps: down },
      }),
      knots: [
        [0, 0],
        [up, top],
        [up + level, top],
        [up + level + down, end * top],
        [up + level + 2 * down, end * top],
      ],
    })),
};

describe.each(Object.entries(shapes))('%s', (_, arbitrary) => {
  const scaleOf = ({ knots }: Shape) => Math.max(...knots.map(([, value]) => value));
  const property = (holds: (shape: Shape) => void) =>
    fc.assert(fc.property(arbitrary, holds), { numRuns: 30 });

  it('has its knots', () => {
    property(({ schedule, knots }) => {
      for (const [step, value] of knots) expect(schedule(step)).toBeCloseTo(value, 9);
    });
  });

  it('goes one way from knot to knot', () => {
    property((shape) => {
      const { schedule, knots } = shape;
      const rounding = 1e-12 * scaleOf(shape);
      for (const [i, [from, first]] of knots.slice(0, -1).entries()) {
        const [to, last] = knots[i + 1]!;
        const values = Array.from({ length: 41 }, (__, k) =>
          schedule(from + ((to - from) * k) / 40),
        );
        for (const [k, value] of values.slice(1).entries())
          expect(Math.sign(last - first) * (value - values[k]!)).toBeGreaterThanOrEqual(-rounding);
      }
    });
  });

  it('does not jump: around its knots least of all', () => {
    property((shape) => {
      const { schedule, knots } = shape;
      for (const [step] of knots.slice(1, -1)) {
        // Of the steepest, a root, 1e-9 of a step is still up to 6e-6 of the height.
        const difference = schedule(step + 1e-9) - schedule(step - 1e-9);
        expect(Math.abs(difference)).toBeLessThan(1e-4 * scaleOf(shape));
      }
    });
  });
});
