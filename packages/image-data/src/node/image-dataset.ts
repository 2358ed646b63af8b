// Batches of photos from the disk: decoded in parallel, a few batches ahead, never all at once.

import * as tf from '@tensorflow/tfjs-core';
import pLimit from 'p-limit';
import { invalidArgument, isGraftError, type Batch, type Dataset } from '@graftjs/core';
import { channelsOf } from '../images/color-mode.js';
import { checkOptions } from '../images/image-options.js';
import { Epochs } from '../epochs.js';
import { checkSize, type Size } from '../images/image.js';
import { formatOf } from '../images/image-format.js';
import { sizeInHeader } from '../images/image-size.js';
import { PIXELS, type PixelBatch, type PixelSource } from '../pixel-source.js';
import { permutation } from '../random.js';
import { Budget } from './budget.js';
import type { LabelledImage } from './image-folder.js';
import { decodeFile, readImage, type LoadImageOptions } from './load-image.js';

/**
 * What `ys` are: class indices [batch] (`int`, Keras's `sparse`), for two classes 0 or 1 as [batch, 1] (`binary`), one 1 among
 * zeros [batch, classes] (`categorical`), the photos themselves (`input`), or nothing, [batch, 0] (`none`).
 */
export type LabelMode = 'int' | 'binary' | 'categorical' | 'input' | 'none';

/** A photo that could not be read, and what is wrong with it. */
export interface BrokenImage {
  readonly path: string;
  readonly message: string;
}

/** Options of {@link imageDataset}. */
export interface ImageDatasetOptions extends Omit<LoadImageOptions, 'size'> {
  readonly images: readonly LabelledImage[];
  /** Number of classes; at least 2. The label modes `input` and `none` need none. */
  readonly classes?: number;
  /** Height and width of every batch. */
  readonly size: Size;
  /** Number of photos in a batch. Default: 32. */
  readonly batchSize?: number;
  /** Default: `int`. */
  readonly labelMode?: LabelMode;
  /** Whether each epoch has an order of its own. Default: false. */
  readonly shuffle?: boolean;
  /** An integer from which, with the number of the epoch, the order follows. Default: a new one each time. */
  readonly seed?: number;
  /**
   * Told of a photo that cannot be read, which is then left out: its batch is smaller. Default: such a photo is an error.
   */
  readonly onBroken?: (image: BrokenImage) => void;
}

/** Batches that are decoded before they are asked for. */
const AHEAD = 2;

/**
 * Photos that are being read or decoded. Each comes back to JavaScript's thread several times on its way, where it may find
 * ONNX Runtime at work: with fewer of them the decoders would run out of work. Node decodes four at a time.
 */
const IN_FLIGHT = 32;

/** In photos that are being decoded, but for one that has more by itself: 200 MB at four bytes each. */
const PIXELS_IN_FLIGHT = 50_000_000;

/**
 * A data set of photos: `xs` float32 [batch, height, width, channels], in [0, 255], `ys` as `labelMode` says. Up to 32 photos
 * are on their way at a time, those in decoding of 50 million pixels together or one alone, two batches ahead: memory does not
 * grow with their number. One of more than `maxPixels` (100 million by default) is refused before it is decoded.
 *
 * Every iteration is an epoch, counted from 0; the order of a shuffled epoch depends on the seed and that count alone.
 *
 * @throws GraftError when an option is out of range, and in training for a photo that cannot be read, without `onBroken`
 * @example
 * import { imageDataset, readImageFolder } from '@graftjs/image-data/node';
 * const { classNames, images } = await readImageFolder('photos/train');
 * const train = imageDataset({
 *   ...{ images, classes: classNames.length, size: [224, 224], shuffle: true, seed: 1 },
 *   onBroken: ({ message }) => console.warn(message),
 * });
 */
export function imageDataset(options: ImageDatasetOptions): Dataset {
  const { images, size, batchSize = 32, labelMode = 'int', shuffle = false, onBroken } = options;
  if (images.length === 0) throw invalidArgument('images', 'at least one photo', images.length);
  if (!(Number.isSafeInteger(batchSize) && batchSize >= 1))
    throw invalidArgument('batchSize', 'a positive integer', batchSize);
  const classes = checkLabels(options, labelMode);
  const epochs = new Epochs(options.seed);
  checkSize(size);
  const { colorMode } = checkOptions(options);
  const { interpolation = 'bilinear' } = options;
  const shape = [...size, channelsOf[colorMode]] as const;
  const batches = Math.ceil(images.length / batchSize);
  const limit = pLimit(IN_FLIGHT);
  const budget = new Budget(PIXELS_IN_FLIGHT);

  const read = async (image: LabelledImage): Promise<Example | undefined> => {
    try {
      const bytes = await readImage(image.path);
      const cost = pixelsIn(bytes, image.path);
      const decode = () => decodeFile(bytes, image.path, { ...options, interpolation });
      const { data } = await budget.run(cost, decode);
      return { data, label: image.label };
    } catch (error) {
      if (!onBroken || !isGraftError(error)) throw error;
      onBroken({ path: image.path, message: error.message });
      return undefined;
    }
  };

  async function* examplesOf(): AsyncGenerator<Example[]> {
    const { seed, epoch } = epochs.begin();
    const order = shuffle ? permutation(images.length, seed, epoch) : undefined;
    const queue: Promise<(Example | undefined)[]>[] = [];
    let next = 0;
    const readNext = (): void => {
      if (next >= batches) return;
      const start = next++ * batchSize;
      const places = Array.from(
        { length: Math.min(batchSize, images.length - start) },
        (_, i) => order?.[start + i] ?? start + i,
      );
      const batch = Promise.all(places.map((place) => limit(read, images[place] as LabelledImage)));
      // Its failure is seen when its turn comes; till then it must not end the process.
      batch.catch(() => undefined);
      queue.push(batch);
    };
    try {
      for (let i = 0; i <= AHEAD; i++) readNext();
      for (let batch = queue.shift(); batch; batch = queue.shift()) {
        const examples = (await batch).filter((example) => example !== undefined);
        readNext();
        if (examples.length > 0) yield examples;
      }
    } finally {
      limit.clearQueue();
    }
  }

  const labelsOf = (examples: readonly Example[]) =>
    labelMode === 'input' ? toTensor(examples, shape) : toLabels(examples, labelMode, classes);

  async function* iterate(): AsyncGenerator<Batch> {
    for await (const examples of examplesOf()) {
      yield { xs: toTensor(examples, shape), ys: labelsOf(examples) };
    }
  }

  async function* iteratePixels(): AsyncGenerator<PixelBatch> {
    for await (const examples of examplesOf()) {
      yield { images: examples.map(({ data }) => data), shape, rest: { ys: labelsOf(examples) } };
    }
  }

  const dataset: Dataset & PixelSource = {
    ...{ batches, examples: images.length },
    ...{ [Symbol.asyncIterator]: iterate, [PIXELS]: iteratePixels },
    saveState: () => epochs.saveState(),
    restoreState: (state) => epochs.restoreState(state),
  };
  return dataset;
}

/** The number of classes, 0 where it does not matter. @throws GraftError when labels are not as they have to be */
function checkLabels({ images, classes = 0 }: ImageDatasetOptions, labelMode: LabelMode): number {
  if (!['int', 'binary', 'categorical', 'input', 'none'].includes(labelMode))
    throw invalidArgument('labelMode', 'int, binary, categorical, input or none', labelMode);
  if (labelMode === 'input' || labelMode === 'none') return 0;
  if (!(Number.isSafeInteger(classes) && classes >= 2))
    throw invalidArgument('classes', 'an integer of at least 2', classes);
  const wrong = images.find(
    ({ label }) => !(Number.isSafeInteger(label) && label >= 0 && label < classes),
  );
  if (wrong) throw invalidArgument('images', `labels from 0 to ${classes - 1}`, wrong);
  if (labelMode === 'binary' && classes !== 2)
    throw invalidArgument('classes', '2 for the label mode binary', classes);
  return classes;
}

/** As the header tells it; a damaged one is found out by who decodes it. */
function pixelsIn(bytes: Uint8Array, path: string): number {
  const [height, width] = sizeInHeader(bytes, formatOf(bytes, path)) ?? [0, 0];
  return height * width;
}

interface Example {
  readonly data: Uint8Array;
  readonly label: number;
}

function toTensor(
  examples: readonly Example[],
  shape: readonly [number, number, number],
): tf.Tensor4D {
  const length = tf.util.sizeFromShape([...shape]);
  const pixels = new Float32Array(examples.length * length);
  examples.forEach(({ data }, i) => pixels.set(data, i * length));
  return tf.tensor4d(pixels, [examples.length, ...shape]);
}

function toLabels(examples: readonly Example[], labelMode: LabelMode, classes: number): tf.Tensor {
  const labels = examples.map(({ label }) => label);
  return tf.tidy(() => {
    if (labelMode === 'none') return tf.zeros([labels.length, 0]);
    if (labelMode === 'int') return tf.tensor1d(labels, 'int32');
    if (labelMode === 'binary') return tf.tensor2d(labels, [labels.length, 1], 'float32');
    return tf.oneHot(tf.tensor1d(labels, 'int32'), classes, 1, 0, 'float32');
  });
}
