// The optimizers. Importing registers nothing; `tf.serialization.registerClass(Adam)` where a model is to be deserialised.

export { AdaBelief, type AdaBeliefOptions } from './ada-belief.js';
export { Adadelta, type AdadeltaOptions } from './adadelta.js';
export { Adafactor, type AdafactorOptions } from './adafactor.js';
export { Adagrad, type AdagradOptions } from './adagrad.js';
export { Adam, type AdamOptions } from './adam.js';
export { Adamax, type AdamaxOptions } from './adamax.js';
export { AdamW } from './adam-w.js';
export { Ftrl, type FtrlOptions } from './ftrl.js';
export { Lamb, type LambOptions } from './lamb.js';
export { LARS, type LARSOptions } from './lars.js';
export { Lion, type LionOptions } from './lion.js';
export { Muon, type MuonOptions } from './muon.js';
export { Nadam, type NadamOptions } from './nadam.js';
export { Prodigy, type ProdigyOptions } from './prodigy.js';
export { RAdam, type RAdamOptions } from './r-adam.js';
export { RMSprop, type RMSpropOptions } from './rms-prop.js';
export { ScheduleFreeAdamW, type ScheduleFreeAdamWOptions } from './schedule-free-adam-w.js';
export { SGD, type SGDOptions } from './sgd.js';

export { Lookahead, type LookaheadOptions } from './lookahead.js';
export { SAM, type SAMOptions } from './sam.js';

export { optimizerFromConfig } from './optimizer-from-config.js';
export type { OptimizerOptions } from './options.js';
export type { ParameterGroup, ParameterGroups } from './parameter-groups.js';
export { RuleOptimizer, SimpleOptimizer } from './rule-optimizer.js';
