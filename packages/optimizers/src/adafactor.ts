// Adafactor: second moments of matrices kept as their row and column means, and steps relative to the weights.

import type { RuleOutputs, TensorAlgebra, TensorRuleInputs, UpdateRule } from '@graftjs/core';
import { invalidArgument } from '@graftjs/core';
import { checkPositive } from './checks.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';

/** `learningRate` defaults to 0.001. */
export interface AdafactorOptions extends OptimizerOptions {
  /** Power of t in the decay of the second moments, below 0; default −0.8. */
  beta2Decay?: number;
  /** ε₁ above 0, added to squared gradients; default 1e-30. */
  epsilon1?: number;
  /** ε₂ above 0, the least size of weights that a step is relative to; default 1e-3. */
  epsilon2?: number;
  /** The root mean square that a step is scaled down to; above 0, default 1. */
  clipThreshold?: number;
}

/**
 * Adafactor, as Keras computes it at update t = 1, 2, …, with β = 1 − tᵖ and rms the root mean square. Of a variable with
 * two axes or more:
 *
 *     r ← β·r + (1 − β)·mean(g² + ε₁) over the last axis        c likewise over the one before
 *     v = (r/mean(r)) ⊗ c
 *
 * Of any other: v ← β·v + (1 − β)·(g² + ε₁). Then
 *
 *     u = g/√v        w ← w − max(ε₂, rms(w))·min(η, 1/√t) · u/max(1, rms(u)/d)
 *
 * Keras's `relative_step` makes no difference there, and is not here. Keras keeps v of all variables; so does this.
 *
 * Source: Shazeer and Stern 2018, "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost".
 *
 * @throws GraftError for settings out of their ranges
 * @example
 * model.compile({ optimizer: new Adafactor({ learningRate: 0.01 }), loss: 'meanSquaredError' });
 */
export class Adafactor extends SimpleOptimizer {
  static readonly className = 'GraftAdafactor';

  constructor({
    learningRate = 0.001,
    beta2Decay = -0.8,
    epsilon1 = 1e-30,
    epsilon2 = 1e-3,
    clipThreshold = 1,
    ...options
  }: AdafactorOptions = {}) {
    if (!(Number.isFinite(beta2Decay) && beta2Decay < 0))
      throw invalidArgument('beta2Decay', 'a finite number below 0', beta2Decay);
    checkPositive({ epsilon1, epsilon2, clipThreshold });
    const own = { beta2Decay, epsilon1, epsilon2, clipThreshold };
    super(adafactorRule(own), own, { learningRate, ...options });
  }
}

type Slot = 'row' | 'column' | 'velocity';
type Scalar = 'rho' | 'kept' | 'fresh' | 'epsilon1' | 'epsilon2' | 'inverseThreshold' | 'one';

function adafactorRule({
  beta2Decay,
  epsilon1,
  epsilon2,
  clipThreshold,
}: Required<Omit<AdafactorOptions, keyof OptimizerOptions>>): UpdateRule<Slot, Scalar> {
  return {
    name: 'Adafactor',
    elementwise: false,
    slots: ['row', 'column', 'velocity'],
    slotShape(slot, shape) {
      if (slot === 'velocity') return shape;
      if (shape.length < 2) return [];
      return slot === 'row' ? shape.slice(0, -1) : [...shape.slice(0, -2), ...shape.slice(-1)];
    },
    scalars(rate, _update, age) {
      const fresh = age ** beta2Decay;
      return {
        ...{ rho: Math.min(rate, 1 / Math.sqrt(age)), kept: 1 - fresh, fresh },
        ...{ epsilon1, epsilon2, inverseThreshold: 1 / clipThreshold, one: 1 },
      };
    },
    update<E>(
      a: TensorAlgebra<E>,
      { weight, gradient, slots, scalars: s, shape }: TensorRuleInputs<E, Slot, Scalar>,
    ): RuleOutputs<E, Slot> {
      const square = a.add(a.square(gradient), s.epsilon1);
      const blend = (old: E, value: E): E => a.add(a.mul(s.kept, old), a.mul(s.fresh, value));
      const next = isFactored(shape)
        ? factors(a, square, slots, shape, blend)
        : { ...slots, velocity: blend(slots.velocity, square) };
      const size = shape.reduce((product, length) => product * length, 1);
      const rms = (value: E): E => a.sqrt(a.mul(a.sum(a.square(value)), a.constant(1 / size)));
      const step = a.div(gradient, a.sqrt(next.velocity));
      const excess = a.maximum(s.one, a.mul(rms(step), s.inverseThreshold));
      const rate = a.mul(a.maximum(s.epsilon2, rms(weight)), s.rho);
      return {
        weight: a.sub(weight, a.mul(rate, a.div(step, excess))),
        slots: next,
      };
    },
  };
}

const isFactored = (shape: readonly number[]): boolean => shape.length >= 2;

function factors<E>(
  a: TensorAlgebra<E>,
  square: E,
  slots: Readonly<Record<Slot, E>>,
  shape: readonly number[],
  blend: (old: E, value: E) => E,
): Record<Slot, E> {
  const [rows, columns] = shape.slice(-2) as [number, number];
  const outer = shape.slice(0, -2);
  const last = shape.length - 1;
  const mean = (value: E, axis: number, length: number): E =>
    a.mul(a.sum(value, [axis]), a.constant(1 / length));
  // Keras's shapes of r and c lack the axis of the mean.
  const [rowShape, columnShape] = [
    [...outer, rows],
    [...outer, columns],
  ];
  const row = blend(slots.row, a.reshape(mean(square, last, columns), rowShape));
  const column = blend(slots.column, a.reshape(mean(square, last - 1, rows), columnShape));
  const relative = a.div(row, mean(row, last - 1, rows));
  const velocity = a.mul(
    a.reshape(relative, [...outer, rows, 1]),
    a.reshape(column, [...outer, 1, columns]),
  );
  return { row, column, velocity };
}
