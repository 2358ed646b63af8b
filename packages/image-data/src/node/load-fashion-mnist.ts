// Fashion-MNIST on disk: which files it has, where they are to be had, and the call that gets them.

import { loadIdxSet, type IdxSet, type LoadedSet, type LoadOptions } from './idx-set.js';

/**
 * The files of Fashion-MNIST (Zalando Research, MIT licence).
 *
 * The hashes were taken from Debian's package. Its streams, with the gzip header of the originals put back, have the MD5
 * sums that the authors publish, so that these are the same files.
 */
export const fashionMnistSet: IdxSet = {
  name: 'Fashion-MNIST',
  folder: 'fashion-mnist',
  files: {
    trainImages: {
      name: 'train-images-idx3-ubyte',
      bytes: 47_040_016,
      packedBytes: 26_421_880,
      sha256: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
    },
    trainLabels: {
      name: 'train-labels-idx1-ubyte',
      bytes: 60_008,
      packedBytes: 29_515,
      sha256: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
    },
    testImages: {
      name: 't10k-images-idx3-ubyte',
      bytes: 7_840_016,
      packedBytes: 4_422_102,
      sha256: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
    },
    testLabels: {
      name: 't10k-labels-idx1-ubyte',
      bytes: 10_008,
      packedBytes: 5_148,
      sha256: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
    },
  },
  mirrors: [
    'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion',
    'https://storage.googleapis.com/tensorflow/tf-keras-datasets',
  ],
  debian: { name: 'dataset-fashion-mnist', folder: '/usr/share/datasets/fashion-mnist' },
};

/**
 * Fashion-MNIST: 60,000 training and 10,000 test images, [n, 28, 28] bytes, and their labels, [n] bytes 0 to 9.
 *
 * It is looked for in the cache, at the public mirrors (31 MB), in Debian's package `dataset-fashion-mnist` where that is
 * installed, and at last in that package as `apt-get download` has it. Whatever came is checked by its SHA-256 and kept in
 * the cache; what fails the check is passed over.
 *
 * @throws GraftError that names every source tried and why it failed; the signal's reason when it was aborted
 * @example
 * const { train, source } = await loadFashionMnist({ log: console.error });
 * train.images.shape; // [60000, 28, 28]
 */
export async function loadFashionMnist(options: LoadOptions = {}): Promise<LoadedSet> {
  return loadIdxSet(fashionMnistSet, options);
}
