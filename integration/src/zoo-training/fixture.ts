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

/** How far apart a loss may be, and the length of a gradient, relatively: float32 here, float64 there, two images a batch. */
const tolerances = { loss: 1e-3, gradient: 0.05 };

/** The same loss, and gradients about as long: where Keras has one, ours is neither missing nor zero. */
export function expectSameStep(ours: Awaited<ReturnType<typeof takeStep>>, keras: KerasStep): void {
  expect(Math.abs(ours.loss / keras.loss - 1)).toBeLessThan(tolerances.loss);
  expect(ours.gradientNorms.length).toBe(keras.gradientNorms.length);
  const largest = Math.max(...keras.gradientNorms);
  const wrong = keras.gradientNorms.flatMap((expected, i) => {
    const found = ours.gradientNorms[i] ?? NaN;
    // What is zero by the mathematics is rounding here: a bias before a normalization, for one.
    const error = expected === 0 ? found / largest : Math.abs(found / expected - 1);
    return error < tolerances.gradient
      ? []
      : [`${ours.weights[i]}: ${found} instead of ${expected}`];
  });
  expect(wrong).toEqual([]);
}
