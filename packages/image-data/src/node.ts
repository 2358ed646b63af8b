// The part of image-data that needs Node: data sets from the disk and the network.

export { loadFashionMnist } from './node/load-fashion-mnist.js';
export type { LoadedSet, LoadOptions } from './node/idx-set.js';
export type { DownloadProgress, Watch } from './node/source.js';
