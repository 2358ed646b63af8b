// Muon: momentum whose matrices are made orthogonal, so that all directions advance alike; Adam for everything else.

import type {
  Rate,
  RuleOutputs,
  TensorAlgebra,
  TensorRuleInputs,
  UpdateRule,
  VariableInfo,
} from '@graftjs/core';
import { invalidArgument } from '@graftjs/core';
import { adamRule } from './adam.js';
import { checkNotNegative } from './checks.js';
import { momentumOver, type MomentumAt } from './momentum.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';

/** `learningRate` defaults to 0.001, `weightDecay` to 0.004, as in Keras. */
export interface MuonOptions extends OptimizerOptions {
  /** Default 0.9. */
  adamBeta1?: number;
  /** Default 0.999. */
  adamBeta2?: number;
  /** λ of the variables that Adam trains; default 0.004. */
  adamWeightDecay?: number | null;
  /** Their rate is multiplied by it; default 1. */
  adamLrRatio?: number;
  /** Adam's; above 0, default 1e-7. */
  epsilon?: number;
  /** Matrices with one of these in their name are trained by Adam; no regular expressions, as they are in Keras. */
  excludeLayers?: readonly string[];
  /** So are those with `embedding` in their name; default true. */
  excludeEmbeddings?: boolean;
  /** μ in [0, 1); default 0.95. A number, or a schedule over the steps made so far. */
  momentum?: Rate;
  /** Iterations of Newton and Schulz; default 5. */
  nsSteps?: number;
  /** Default true. */
  nesterov?: boolean;
  /** The root mean square of a step of rate 1; null leaves it as it comes. Default 0.2. */
  rmsRate?: number | null;
}

/**
 * Muon, as Keras computes it for matrices:
 *
 *     m ← μ·m + g        d = g + μ·m (Nesterov), else m
 *     w ← w − η·0.2·√max(rows, columns) · X(d)
 *
 * X(d) is nearly the orthogonal matrix nearest to d: d/‖d‖, then five times X ← a·X + (b·A + c·A²)·X with A = X·Xᵀ, a =
 * 3.4445, b = −4.775, c = 2.0315. All other variables are trained by Adam with their own decay.
 *
 * Source: Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks"; Liu et al. 2025, "Muon is Scalable
 * for LLM Training".
 *
 * @throws GraftError for settings out of their ranges
 * @example
 * model.compile({ optimizer: new Muon({ learningRate: 1e-3 }), loss: 'meanSquaredError' });
 */
export class Muon extends SimpleOptimizer {
  static readonly className = 'GraftMuon';

  constructor({
    learningRate = 0.001,
    weightDecay = 0.004,
    adamBeta1 = 0.9,
    adamBeta2 = 0.999,
    adamWeightDecay = 0.004,
    adamLrRatio = 1,
    epsilon = 1e-7,
    excludeLayers = [],
    excludeEmbeddings = true,
    momentum = 0.95,
    nsSteps = 5,
    nesterov = true,
    rmsRate = 0.2,
    ...options
  }: MuonOptions = {}) {
    const momentumAt = momentumOver({ momentum }, options);
    const beta1At = momentumOver({ adamBeta1 }, options);
    checkNotNegative({ adamLrRatio, adamWeightDecay: adamWeightDecay ?? 0, rmsRate: rmsRate ?? 0 });
    if (!(Number.isInteger(nsSteps) && nsSteps > 0))
      throw invalidArgument('nsSteps', 'a positive integer', nsSteps);
    const usesAdam = ({ name, shape }: VariableInfo): boolean =>
      shape.length !== 2 ||
      (excludeEmbeddings && name.toLowerCase().includes('embedding')) ||
      excludeLayers.some((part) => name.includes(part));
    const adam = adamRule({ beta1At, beta2: adamBeta2, epsilon, amsgrad: false });
    const slower: UpdateRule = {
      ...adam,
      scalars: (rate, ...when) => adam.scalars(rate * adamLrRatio, ...when),
    };
    const muon = muonRule({ momentumAt, nsSteps, nesterov, rmsRate });
    super(
      {
        of: (variable) => (usesAdam(variable) ? slower : muon),
        decayOf: (variable, decay) => (usesAdam(variable) ? (adamWeightDecay ?? 0) : decay),
      },
      {
        ...{ adamBeta1, adamBeta2, adamWeightDecay, adamLrRatio, epsilon },
        ...{ excludeLayers: [...excludeLayers], excludeEmbeddings },
        ...{ momentum, nsSteps, nesterov, rmsRate },
      },
      { learningRate, weightDecay, ...options },
    );
  }
}

type Slot = 'momentum';
type Scalar = 'rate' | 'beta';

interface MatrixSettings {
  readonly momentumAt: MomentumAt;
  readonly nsSteps: number;
  readonly nesterov: boolean;
  readonly rmsRate: number | null;
}

function muonRule({
  momentumAt,
  nsSteps,
  nesterov,
  rmsRate,
}: MatrixSettings): UpdateRule<Slot, Scalar> {
  return {
    name: 'Muon',
    elementwise: false,
    slots: ['momentum'],
    scalars: (rate, update) => ({ rate, beta: momentumAt(update) }),
    update<E>(
      a: TensorAlgebra<E>,
      { weight, gradient, slots, scalars: s, shape }: TensorRuleInputs<E, Slot, Scalar>,
    ): RuleOutputs<E, Slot> {
      const momentum = a.add(a.mul(s.beta, slots.momentum), gradient);
      const direction = nesterov ? a.add(gradient, a.mul(s.beta, momentum)) : momentum;
      const step = a.mul(s.rate, orthogonalized(a, direction, shape, nsSteps));
      const scale = rmsRate === null ? 1 : rmsRate * Math.sqrt(Math.max(...shape));
      return { weight: a.sub(weight, a.mul(step, a.constant(scale))), slots: { momentum } };
    },
  };
}

function orthogonalized<E>(
  a: TensorAlgebra<E>,
  matrix: E,
  [rows = 1, columns = 1]: readonly number[],
  steps: number,
): E {
  const [first, second, third] = [a.constant(3.4445), a.constant(-4.775), a.constant(2.0315)];
  // X·Xᵀ of the shorter side; instead of transposing a tall X, the products are taken from the other side.
  const isTall = rows > columns;
  const length = a.sqrt(a.sum(a.square(matrix)));
  let x = a.div(matrix, a.add(length, a.constant(1e-7)));
  for (let step = 0; step < steps; step++) {
    const gram = a.matMul(x, x, isTall, !isTall);
    const polynomial = a.add(a.mul(second, gram), a.mul(third, a.matMul(gram, gram)));
    const correction = isTall ? a.matMul(x, polynomial) : a.matMul(polynomial, x);
    x = a.add(a.mul(first, x), correction);
  }
  return x;
}
