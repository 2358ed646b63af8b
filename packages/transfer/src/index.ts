// The steps of transfer learning, each a function of its own.

export { cloneModel } from './clone-model.js';
export { cutAt } from './cut.js';
export { discriminativeRates, type GroupRate } from './discriminative-rates.js';
export { cacheFeatures, type CacheFeaturesOptions } from './features/cache-features.js';
export { computeFeatures, streamFeatures, type Features } from './features/compute-features.js';
export type {
  Augment,
  FeaturesOptions,
  VariantOptions,
  VariantPlace,
} from './features/feature-batches.js';
export type { FeatureDataset, FeatureDatasetOptions } from './features/feature-dataset.js';
export {
  fineTune,
  type FineTuned,
  type FineTuneOptions,
  type FineTuneSettings,
} from './fine-tune.js';
export { fitPhases, gradualUnfreezing, type FitPhasesOptions, type Phase } from './fit-phases.js';
export { freeze, unfreeze } from './freeze.js';
export { freezeTo } from './freeze-to.js';
export { graftHead, replaceHead } from './head.js';
export type { HeadOptions } from './head-layers.js';
export { layerGroups, type LayerGroup } from './layer-groups.js';
export { splitHead, type SplitModel } from './split-head.js';
