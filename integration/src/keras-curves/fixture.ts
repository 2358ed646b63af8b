// Reads the fixture, and holds an outcome against what Keras found.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Case, Outcome, Problem } from './problem.js';

/** The error that 20 steps in float32 may gather, relative to the largest value compared. */
const TOLERANCE = 1e-5;

export const folder = fileURLToPath(
  new URL('../../../reference/fixtures/training-curves/', import.meta.url),
);

export const { problems } = JSON.parse(readFileSync(`${folder}cases.json`, 'utf8')) as {
  problems: Problem[];
};

export function expectOutcome(actual: Outcome, expected: Case): void {
  expectClose('losses', actual.losses, expected.losses);
  expectClose('accuracies', actual.accuracies, expected.accuracies);
  for (const [name, values] of Object.entries(expected.weights)) {
    // A bias may happen to come to rest near 0, where its own size says nothing.
    expectClose(name, actual.weights[name] ?? [], values, 0.1);
  }
  expectClose('evaluation', [actual.evaluation.loss], [expected.evaluation.loss]);
  expect(actual.evaluation.accuracy).toBeCloseTo(expected.evaluation.accuracy, 6);
}

export function expectClose(
  what: string,
  actual: readonly number[],
  expected: readonly number[],
  smallestScale = 0,
): void {
  expect(actual, what).toHaveLength(expected.length);
  const scale = Math.max(smallestScale, ...expected.map(Math.abs));
  const worst = Math.max(...expected.map((value, i) => Math.abs((actual[i] as number) - value)));
  expect(worst / scale, `${what}: largest error relative to the largest value`).toBeLessThan(
    TOLERANCE,
  );
}
