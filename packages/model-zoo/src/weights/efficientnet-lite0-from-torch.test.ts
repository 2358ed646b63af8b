import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import { efficientNetLite0 } from '../models/efficientnet-lite.js';
import {
  efficientNetLite0WeightsFromTorch,
  loadEfficientNetLite0FromTorch,
} from './efficientnet-lite0-from-torch.js';

const folder = new URL('../../../../reference/torch/', import.meta.url);
const read = (name: string): Uint8Array => readFileSync(new URL(name, folder));

/** Number [i, j, k, l] of its tensor n is n + i + 5 j + 3 k + 2 l. */
const checkpoint = read('logits/efficientnet-lite0.pth');

afterEach(() => tf.disposeVariables());

/** Steps of a weight's axes within that formula. */
function stepsOf(name: string, rank: number): number[] {
  if (rank === 1) return [1];
  if (rank === 2) return [5, 1];
  return name.endsWith('depthwise_kernel') ? [3, 2, 1, 5] : [3, 2, 5, 1];
}

describe('efficientNetLite0WeightsFromTorch', () => {
  const arrays = efficientNetLite0WeightsFromTorch(checkpoint);

  it("has the model's weights, layer by layer", async () => {
    const model = await efficientNetLite0({ weights: null });
    const weights = model.layers.flatMap((layer) =>
      layer.weights.map(({ originalName, shape }) => ({ name: originalName, shape })),
    );
    expect(arrays.map(({ name, shape }) => ({ name, shape }))).toEqual(weights);
  });

  it('has every number where it belongs', () => {
    let tensor = 0;
    for (const { name, shape, data } of arrays) {
      const steps = stepsOf(name, shape.length);
      let sums = [tensor];
      for (const [axis, length] of shape.entries()) {
        const step = steps[axis] as number;
        sums = sums.flatMap((sum) => Array.from({ length }, (_, i) => sum + i * step));
      }
      expect(data.every((value, i) => value === sums[i]) && data.length === sums.length, name).toBe(
        true,
      );
      // torch also keeps, after a normalization's variance, how many batches it has seen.
      tensor += name.endsWith('moving_variance') ? 2 : 1;
    }
    expect(tensor).toBe(296);
  });

  it('refuses what is no checkpoint of it', () => {
    const other = read('fixtures/legacy.pt');
    expect(() => efficientNetLite0WeightsFromTorch(other, 'other.pth')).toThrow(
      'other.pth does not hold EfficientNet-Lite0: _conv_stem.weight is missing',
    );
    expect(() => efficientNetLite0WeightsFromTorch(new Uint8Array(64))).toThrow(/torch/);
  });
});

describe('loadEfficientNetLite0FromTorch', () => {
  it('fills a model without the top, and leaves no tensors', async () => {
    const model = await efficientNetLite0({ weights: null, includeTop: false });
    await expectNoLeak(() => loadEfficientNetLite0FromTorch(model, checkpoint));
    expect(model.getLayer('stem_bn').getWeights()[1]?.dataSync()[3]).toBe(5);
  });

  it('changes nothing of a model that it does not fit', async () => {
    const model = await efficientNetLite0({ weights: null, classes: 10 });
    const before = model.getLayer('stem_conv').getWeights()[0]?.dataSync().slice();
    expect(() => loadEfficientNetLite0FromTorch(model, checkpoint, 'lite0.pth')).toThrow(
      'lite0.pth has [1280, 1000] for predictions/kernel, not [1280, 10]',
    );
    expect(model.getLayer('stem_conv').getWeights()[0]?.dataSync()).toEqual(before);
  });
});
