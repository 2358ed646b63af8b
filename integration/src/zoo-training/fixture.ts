// Keras's training steps, from the fixture of the zoo.

import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { KerasStep, takeStep } from './training-step.js';

type Fixture = { models: Record<string, { steps: Omit<KerasStep, 'model'>[] }> };

const folder = new URL('../../../reference/fixtures/zoo/', import.meta.url);
const models = readdirSync(folder).flatMap((file) => {
  const fixture = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Fixture;
  return Object.entries(fixture.models);
});

/** A step of every model. */
export const kerasSteps = models.map(([model, { steps }]) => ({ ...steps[0], model }) as KerasStep);

/** Steps of slim models, for backends that are slow. */
export const slimSteps = models.flatMap(([model, { steps }]) =>
  steps.slice(1).map((step) => ({ ...step, model }) as KerasStep),
);

/**
 * How far apart a loss may be, and the length of a gradient, relatively; and what of the largest gradient may stand for zero.
 * Two images tell normalizations little: hundreds of them make much of what float32 rounds, and Keras's are of float64.
 */
const tolerances = { loss: 2e-3, gradient: 0.1, zero: 1e-5 };

/** The same loss, and gradients about as long: where Keras has one, ours is neither missing nor zero. */
export function expectSameStep(ours: Awaited<ReturnType<typeof takeStep>>, keras: KerasStep): void {
  expect(Math.abs(ours.loss / keras.loss - 1)).toBeLessThan(tolerances.loss);
  expect(ours.gradientNorms.length).toBe(keras.gradientNorms.length);
  const largest = Math.max(...keras.gradientNorms);
  const wrong = keras.gradientNorms.flatMap((expected, i) => {
    const found = ours.gradientNorms[i] ?? NaN;
    // What is zero by the mathematics is rounding here: a bias before a normalization, for one.
    const isClose =
      expected === 0
        ? found / largest < tolerances.zero
        : Math.abs(found / expected - 1) < tolerances.gradient;
    return isClose ? [] : [`${ours.weights[i]}: ${found} instead of ${expected}`];
  });
  expect(wrong).toEqual([]);
}
