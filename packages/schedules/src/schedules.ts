// The list of schedules. `fromConfig` knows those that stand here, and the conformance suite runs over them.

export { constant } from './constant.js';
export { cosine, type CosineOptions } from './cosine.js';
export { exponential, type ExponentialOptions } from './exponential.js';
export { oneCycle, type OneCycleOptions } from './one-cycle.js';
export { piecewiseConstant, type PiecewiseConstantOptions } from './piecewise-constant.js';
export { power, type PowerOptions } from './power.js';
export { warmUp } from './warm-up.js';
