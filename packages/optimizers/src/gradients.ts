// What is done to gradients before the rules see them: centralised, clipped by value, norm, global norm, or adaptively.

import type { TensorAlgebra, VariableStep } from '@graftjs/core';
import type { Settings } from './options.js';

type Variable<E> = Pick<VariableStep<E>, 'gradient' | 'weight' | 'shape'>;
type Transform = <E>(a: TensorAlgebra<E>, variables: readonly Variable<E>[]) => readonly E[];

/** The transformations that the settings ask for, in order. */
export function gradientTransforms(settings: Settings): readonly Transform[] {
  const { centralizeGradients, clipvalue, clipnorm, globalClipnorm, adaptiveClip } = settings;
  return [
    ...(centralizeGradients ? [each(centralize)] : []),
    ...(clipvalue === null ? [] : [clipByValue(clipvalue)]),
    ...(clipnorm === null ? [] : [clipByNorm(clipnorm)]),
    ...(globalClipnorm === null ? [] : [clipByGlobalNorm(globalClipnorm)]),
    ...(adaptiveClip === null ? [] : [clipAdaptively(adaptiveClip)]),
  ];
}

/**
 * g ← g − mean(g) over all axes but the last, which is a unit's in Keras's kernels.
 *
 * Source: Yong et al. 2020, "Gradient Centralization".
 */
function centralize<E>(a: TensorAlgebra<E>, { gradient, shape }: Variable<E>): E {
  if (shape.length < 2) return gradient;
  const size = shape.slice(0, -1).reduce((product, length) => product * length, 1);
  const mean = a.mul(a.sum(gradient, unitAxes(shape)), a.constant(1 / size));
  return a.sub(gradient, mean);
}

function clipByValue(limit: number): Transform {
  return each((a, { gradient }) =>
    a.maximum(a.minimum(gradient, a.constant(limit)), a.constant(-limit)),
  );
}

/** g ← g·c / max(‖g‖, c). */
function clipByNorm(limit: number): Transform {
  return each((a, { gradient }) => {
    const norm = a.sqrt(a.sum(a.square(gradient)));
    return a.mul(gradient, a.div(a.constant(limit), a.maximum(norm, a.constant(limit))));
  });
}

/** The same for the norm of all gradients together. */
function clipByGlobalNorm(limit: number): Transform {
  return (a, variables) => {
    const squares = variables.map(({ gradient }) => a.sum(a.square(gradient)));
    if (squares.length === 0) return [];
    const norm = a.sqrt(squares.reduce((x, y) => a.add(x, y)));
    const factor = a.div(a.constant(limit), a.maximum(norm, a.constant(limit)));
    return variables.map(({ gradient }) => a.mul(gradient, factor));
  };
}

/**
 * g ← g·m / max(‖g‖, m) for each unit, m = c·max(‖w‖, 10⁻³).
 *
 * Source: Brock et al. 2021, "High-Performance Large-Scale Image Recognition Without Normalization".
 */
function clipAdaptively(limit: number): Transform {
  return each((a, { gradient, weight, shape }) => {
    const axes = unitAxes(shape);
    const norm = (x: typeof weight) => a.sqrt(a.sum(a.square(x), axes));
    const most = a.mul(a.constant(limit), a.maximum(norm(weight), a.constant(1e-3)));
    return a.mul(gradient, a.div(most, a.maximum(norm(gradient), most)));
  });
}

/** All axes but that of the units; a vector is one unit. */
function unitAxes(shape: readonly number[]): number[] {
  return shape
    .map((_, axis) => axis)
    .slice(0, Math.max(shape.length - 1, Math.min(shape.length, 1)));
}

function each(transform: <E>(a: TensorAlgebra<E>, variable: Variable<E>) => E): Transform {
  return (a, variables) => variables.map((variable) => transform(a, variable));
}
