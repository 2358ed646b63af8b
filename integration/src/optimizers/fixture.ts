// Reads the fixtures, and holds a run against them.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { errorOf, toleranceOf, type Case, type Fixture, type Run } from './problem.js';

const read = <T>(path: string): T =>
  JSON.parse(
    readFileSync(fileURLToPath(new URL(`../../../reference/${path}`, import.meta.url)), 'utf8'),
  ) as T;

const keras = read<Fixture>('fixtures/optimizers/keras.json');
/** What Keras has not. */
const others = read<Pick<Fixture, 'cases'>>('optimizers/fixtures/others.json');

export const fixture: Fixture = { ...keras, cases: [...keras.cases, ...others.cases] };

const kinds = ['all-options', 'lookahead', 'sam'];

/** A case of each kind of rule and wrapper, and two of the variables: for long runs. */
export const long: Fixture = {
  ...fixture,
  variables: fixture.variables.slice(0, 2),
  cases: fixture.cases.filter(({ name }) => kinds.includes(name)),
};

/** @param scale of the tolerance, for backends that compute less exactly */
export function expectRun(run: Run, expected: Case, scale = 1): void {
  const tolerance = toleranceOf(expected) * scale;
  for (const [steps, weights] of Object.entries(expected.weights)) {
    const error = errorOf(fixture, run.weights[steps] ?? [], weights);
    expect(error, `error after ${steps} steps`).toBeLessThan(tolerance);
  }
  if (!expected.evaluation) return;
  const error = errorOf(fixture, run.evaluation, expected.evaluation);
  expect(error, 'error of the weights to evaluate').toBeLessThan(tolerance);
}
