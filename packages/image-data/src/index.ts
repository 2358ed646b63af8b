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
