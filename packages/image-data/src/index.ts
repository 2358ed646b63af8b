// The public face of image-data that runs everywhere. What reads files and the network is in ./node.

export type { ArrayData, LabelledImages, NumberArray } from './array-data.js';
export { arrayDataset, type ArrayDataset, type ArrayDatasetOptions } from './array-dataset.js';
export { augment, type AugmentDatasetOptions } from './augmentation/augment.js';
export { augmentImages } from './augmentation/augment-images.js';
export type {
  AugmentOptions,
  RandomOptions,
  ReadingOptions,
} from './augmentation/augment-options.js';
export type { ColorJitterOptions } from './augmentation/color-jitter.js';
export type { ColorStep } from './augmentation/color-map.js';
export type { Range } from './augmentation/draw.js';
export { drawTransform, type ImagePlace } from './augmentation/draw-transform.js';
export type { ErasedBox, ErasingOptions } from './augmentation/erase.js';
export type { FillMode } from './augmentation/fill-mode.js';
export { imageStatistics, type ImageStatistics } from './augmentation/image-statistics.js';
export type { Box, ImageTransform } from './augmentation/image-transform.js';
export type { RandAugmentOptions } from './augmentation/rand-augment.js';
export type { ResizedCropOptions } from './augmentation/resized-crop.js';
export type { Shift } from './augmentation/shift.js';
export { standardize, type StandardizeOptions } from './augmentation/standardize.js';
export { transformImages } from './augmentation/transform-images.js';
export { zcaStatistics, type ZcaOptions } from './augmentation/zca-statistics.js';
export {
  fashionMnist,
  splitLesson,
  type FashionMnist,
  type Task,
  type TaskSet,
} from './fashion-mnist.js';
export { parseIdx, type Idx } from './idx.js';
export type { ColorMode } from './images/color-mode.js';
export { decodeImage } from './images/decode-image.js';
export { imgToArray, type DecodedImage, type Size } from './images/image.js';
export type { ImageOptions } from './images/image-options.js';
export type { Interpolation } from './images/keras-lines.js';
export type { PillowInterpolation } from './images/pillow-lines.js';
export { resizeImages, type ResizeOptions } from './images/resize-images.js';
export { resizeLikePillow, type PillowResizeOptions } from './images/resize-like-pillow.js';
export { cutMix } from './mixing/cut-mix.js';
export { mixUp } from './mixing/mix-up.js';
export type { MixOptions } from './mixing/mixed-dataset.js';
