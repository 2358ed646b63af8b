// What the tests of several packages share: matchers, a leak check, a small dataset, TensorFlow where it is installed.

export { toBeCloseToTensor } from './close-to-tensor.js';
export { expectNoLeak } from './expect-no-leak.js';
export { importTensorFlow } from './import-tensorflow.js';
export { tensorDataset } from './tensor-dataset.js';
export { seededRandom } from './seeded-random.js';
