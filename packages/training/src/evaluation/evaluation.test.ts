// ROC curves, calibration and top losses beside scikit-learn's, and what they cannot take.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibration } from './calibration.js';
import { rocCurve, rocCurves } from './roc-curve.js';
import { topLosses } from './top-losses.js';

interface Case {
  readonly name: string;
  readonly classes: number;
  readonly truth: number[];
  readonly probabilities: number[];
  readonly curves: {
    readonly falsePositiveRate: number[];
    readonly truePositiveRate: number[];
    readonly thresholds: number[];
    readonly auc: number;
  }[];
  readonly calibration: {
    readonly bins: { count: number; confidence: number | null; accuracy: number | null }[];
    readonly ece: number;
    readonly maxError: number;
  };
  readonly brier: number;
  /** Null for an infinite one. */
  readonly losses: (number | null)[];
}

const fixture = new URL('../../../../reference/evaluation/fixtures/cases.json', import.meta.url);
const cases = JSON.parse(readFileSync(fixture, 'utf8')) as Case[];

function expectAll(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expectNear(actual[i], value);
}

/** NaN is as near to NaN as can be. */
function expectNear(actual: number | undefined, expected: number): void {
  if (Number.isNaN(expected)) expect(actual).toBeNaN();
  else expect(actual).toBeCloseTo(expected, 12);
}

describe.each(cases)('$name', (each) => {
  const { truth, probabilities, classes } = each;

  it('has the curves and areas of scikit-learn', () => {
    const { classes: curves, macroAuc } = rocCurves(truth, probabilities, classes);
    expect(curves).toHaveLength(classes);
    for (const [i, { points, auc }] of curves.entries()) {
      const expected = each.curves[i] as Case['curves'][number];
      expectAll(
        points.map(({ falsePositiveRate }) => falsePositiveRate),
        expected.falsePositiveRate,
      );
      expectAll(
        points.map(({ truePositiveRate }) => truePositiveRate),
        expected.truePositiveRate,
      );
      expect(points.map(({ threshold }) => threshold)).toEqual([Infinity, ...expected.thresholds]);
      expect(auc).toBeCloseTo(expected.auc, 12);
    }
    const mean = each.curves.reduce((sum, { auc }) => sum + auc, 0) / classes;
    expect(macroAuc).toBeCloseTo(mean, 12);
  });

  it('is calibrated as NumPy and scikit-learn say', () => {
    const { bins, ece, maxError, brier } = calibration(truth, probabilities, classes);
    const expected = each.calibration;
    expect(bins.map(({ count }) => count)).toEqual(expected.bins.map(({ count }) => count));
    for (const name of ['confidence', 'accuracy'] as const)
      expectAll(
        bins.map((bin) => bin[name]),
        expected.bins.map((bin) => bin[name] ?? NaN),
      );
    expect(ece).toBeCloseTo(expected.ece, 12);
    expect(maxError).toBeCloseTo(expected.maxError, 12);
    expect(brier).toBeCloseTo(each.brier, 12);
  });

  it('has the losses, the largest first', () => {
    const found = topLosses(truth, probabilities, classes, { count: each.losses.length });
    expectAll(
      found.map(({ loss }) => loss),
      each.losses.map((loss) => loss ?? Infinity),
    );
    for (const { example, truth: of, predicted, probability, confidence } of found) {
      const row = probabilities.slice(example * classes, (example + 1) * classes);
      expect(of).toBe(truth[example]);
      expect(probability).toBe(row[of]);
      expect(confidence).toBe(Math.max(...row));
      expect(predicted).toBe(row.indexOf(confidence));
    }
  });
});

describe('rocCurve', () => {
  it('has the area that is the chance to order two examples rightly', () => {
    const example = fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(fc.array(example, { minLength: 2, maxLength: 30 }), (list) => {
        const of = (label: number) => list.filter(([is]) => is === label).map(([, score]) => score);
        const [others, own] = [of(0), of(1)];
        const pairs = own.flatMap((a) => others.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
        const chance = pairs.reduce((sum: number, win) => sum + win, 0) / pairs.length;
        const { auc } = rocCurve(
          list.map(([is]) => is),
          list.map(([, score]) => score),
        );
        expectNear(auc, chance);
      }),
    );
  });

  it('takes infinite scores', () => {
    expect(rocCurve([0, 1, 1], [-Infinity, Infinity, Infinity]).auc).toBe(1);
  });

  it('has no area where a class is not there', () => {
    expect(rocCurve([1, 1], [0.5, 0.6]).auc).toBeNaN();
    const { classes, macroAuc, chart } = rocCurves([0, 1], [0.8, 0.2, 0, 0.3, 0.7, 0], 3);
    expect(classes.map(({ auc }) => auc)).toEqual([1, 1, NaN]);
    expect(macroAuc).toBe(1);
    expect(JSON.stringify(chart)).not.toContain('null');
  });

  it.each<[number[], number[], string]>([
    [[], [], 'truth must be at least one example. Received: 0'],
    [[0, 1], [0.5], 'scores must be as many numbers as truth, 2. Received: 1'],
    [[0, 2], [0.5, 0.5], 'truth must be 0 or 1. Received: 2'],
    [[0, 1], [0.5, NaN], 'scores must be numbers. Received: NaN'],
  ])('refuses %j and %j', (truth, scores, message) => {
    expect(() => rocCurve(truth, scores)).toThrow(message);
  });
});

describe('calibration', () => {
  it('is perfect where all is sure and right', () => {
    const { ece, brier, bins } = calibration([0, 1], [1, 0, 0, 1], 2);
    expect([ece, brier]).toEqual([0, 0]);
    expect(bins.at(-1)).toEqual({ from: 0.9, to: 1, count: 2, confidence: 1, accuracy: 1 });
  });

  it('has a chart of bins with examples', () => {
    const { chart } = calibration([0, 1], [0.9, 0.1, 0.4, 0.6], 2, { bins: 4 });
    expect(JSON.stringify(chart)).not.toContain('null');
    expect(chart).toMatchObject({
      layer: [{ data: { values: [{ from: 0.5 }, { from: 0.75 }] } }, {}, {}],
    });
  });

  it('refuses other bins', () => {
    expect(() => calibration([0], [1, 0], 2, { bins: 0 })).toThrow('bins must be an integer');
  });
});

describe('topLosses', () => {
  it('gives all where there are fewer, and refuses another count', () => {
    expect(topLosses([0, 1], Float32Array.of(0.5, 0.5, 1.0000001, 0), 2)).toMatchObject([
      { example: 1, loss: Infinity, predicted: 0 },
      { example: 0, loss: Math.LN2, predicted: 0 },
    ]);
    expect(() => topLosses([0], [1, 0], 2, { count: 1.5 })).toThrow('count must be an integer');
  });
});

describe.each([
  ['rocCurves', rocCurves],
  ['calibration', calibration],
  ['topLosses', topLosses],
] as [string, (truth: number[], probabilities: number[], classes: number) => unknown][])(
  '%s',
  (_, call) => {
    it.each<[number[], number[], number, string]>([
      [[0], [1], 1, 'classes must be an integer of at least 2. Received: 1'],
      [[], [], 2, 'truth must be at least one class index. Received: 0'],
      [
        [0, 1],
        [1, 0],
        2,
        'probabilities must be 2 · 2 numbers, classes for each example. Received: 2',
      ],
      [[2], [1, 0], 2, 'truth must be class indices from 0 to 1. Received: 2'],
      [[0], [NaN, 0], 2, 'probabilities must be numbers from 0 to 1. Received: NaN'],
      [[0], [1.1, 0], 2, 'probabilities must be numbers from 0 to 1. Received: 1.1'],
    ])('refuses %j, %j of %d classes', (truth, probabilities, classes, message) => {
      expect(() => call(truth, probabilities, classes)).toThrow(message);
    });
  },
);
