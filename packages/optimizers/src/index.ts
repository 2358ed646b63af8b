// The optimizers. Importing registers nothing; `tf.serialization.registerClass(Adam)` where a model is to be deserialised.

export { Adam, type AdamOptions } from './adam.js';
export { RMSprop, type RMSpropOptions } from './rms-prop.js';
export { SGD, type SGDOptions } from './sgd.js';
export { RuleOptimizer } from './rule-optimizer.js';
