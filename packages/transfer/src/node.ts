// The part of transfer that needs Node: features that stay on the disk.

export { cacheFeatures, type CacheFeaturesOptions } from './node/cache-features.js';
export { identifyFiles, type FileIdentity } from './node/identify-files.js';
