import { expect, it } from 'vitest';
import { sharedScalars, type VariableStep } from './optimizer.js';
import type { TensorAlgebra, UpdateRule } from './update-rule.js';

const algebra = {
  add: (a: number, b: number) => a + b,
  maximum: Math.max,
} as TensorAlgebra<number>;

const rule: UpdateRule = {
  name: 'Test',
  elementwise: false,
  slots: [],
  scalars: () => ({}),
  shared: {
    combine: { total: 'sum', largest: 'maximum' },
    of: (_, { weight }) => ({ total: weight, largest: weight }),
  },
  update: (_, { weight }) => ({ weight, slots: {} }),
};

const step = (weight: number, by = rule): VariableStep<number> => ({
  ...{ rule: by, weight, gradient: 0, shape: [], slots: {}, scalars: {} },
});

it('sharedScalars combines what rules measure over all variables', () => {
  const alone: UpdateRule = { ...rule, shared: { combine: {}, of: () => ({}) } };
  const steps = [step(2), step(5), step(100, alone), step(-1)];
  expect(sharedScalars(algebra, steps)).toEqual({ total: 6, largest: 5 });
  expect(sharedScalars(algebra, [step(100, alone)])).toEqual({});
});
