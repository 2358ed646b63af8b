// The steps of transfer learning, each a function of its own.

export { cloneModel } from './clone-model.js';
export { cutAt } from './cut.js';
export { graftHead } from './head.js';
export { freeze, unfreeze } from './freeze.js';
export { fineTune, type FineTuneOptions, type Phase } from './fine-tune.js';
export { computeFeatures, type Features, type FeaturesOptions } from './features.js';
