// The part of image-data that needs Node: images and data sets from the disk, data sets from the network.

export { flowFromDirectory } from './node/flow-from-directory.js';
export { flowFromManifest } from './node/flow-from-manifest.js';
export type { FlowOptions, PhotoDataset } from './node/flow.js';
export { readImageManifest, type ManifestOptions } from './node/image-manifest.js';
export { loadFashionMnist } from './node/load-fashion-mnist.js';
export { loadImage, type LoadImageOptions } from './node/load-image.js';
export type { LoadedSet, LoadOptions } from './node/idx-set.js';
export type { DownloadProgress, Watch } from './node/source.js';
export {
  imageDataset,
  type BrokenImage,
  type ImageDatasetOptions,
  type LabelMode,
} from './node/image-dataset.js';
export {
  readImageFolder,
  splitImages,
  type ImageFolder,
  type ImageFolderOptions,
  type LabelledImage,
} from './node/image-folder.js';
