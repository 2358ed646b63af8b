// The public face of core: contracts, errors, and the seam to tfjs.

export { GraftError, invalidArgument, isGraftError } from './errors.js';
export { rateAt, type Rate, type Schedule } from './schedule.js';
export type { Algebra, NativeUpdate, RuleInputs, RuleOutputs, UpdateRule } from './update-rule.js';
export type { Batch, Dataset } from './dataset.js';
export type { BatchEnd, Callback, Logs } from './callback.js';
