// The list of schedules. `fromConfig` knows those that stand here, and the conformance suite runs over them.

export { constant } from './constant.js';
export { cosine, type CosineOptions } from './cosine.js';
export { cosineRestarts, type CosineRestartsOptions } from './cosine-restarts.js';
export { cyclical, type CyclicalOptions } from './cyclical.js';
export { exponential, type ExponentialOptions } from './exponential.js';
export { linear, type LinearOptions } from './linear.js';
export { noam, type NoamOptions } from './noam.js';
export { oneCycle, type OneCycleOptions } from './one-cycle.js';
export { oneCycleMomentum, type OneCycleMomentumOptions } from './one-cycle-momentum.js';
export { overTraining } from './over-training.js';
export { piecewiseConstant, type PiecewiseConstantOptions } from './piecewise-constant.js';
export { polynomial, type PolynomialOptions } from './polynomial.js';
export { power, type PowerOptions } from './power.js';
export { scale } from './scale.js';
export { sequence } from './sequence.js';
export { warmUp } from './warm-up.js';
export { warmUpStableDecay, type WarmUpStableDecayOptions } from './warm-up-stable-decay.js';
