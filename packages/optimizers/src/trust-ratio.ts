// The ratio of a weight's norm to that of its update, by which LAMB and LARS give each layer a rate of its own.

import type { TensorAlgebra } from '@graftjs/core';

export function norm<E>(a: TensorAlgebra<E>, value: E): E {
  return a.sqrt(a.sum(a.square(value)));
}

/** `ratio` where both norms are above 0, else `otherwise`. */
export function whereBothPositive<E>(
  a: TensorAlgebra<E>,
  [first, second]: readonly [E, E],
  ratio: E,
  otherwise: E,
): E {
  return a.ifPositive(first, a.ifPositive(second, ratio, otherwise), otherwise);
}
