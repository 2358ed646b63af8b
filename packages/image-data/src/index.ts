// The public face of image-data that runs everywhere. What reads files and the network is in ./node.

export type { ArrayData, LabelledImages, NumberArray } from './array-data.js';
export { arrayDataset, type ArrayDataset, type ArrayDatasetOptions } from './array-dataset.js';
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
