import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import { efficientNetLite0, type EfficientNetLiteOptions } from './efficientnet-lite.js';

it('passes later blocks over more often, as its authors do', async () => {
  const model = await efficientNetLite0({ weights: null, includeTop: false });
  const drops = model.layers.filter(({ name }) => name.endsWith('_drop'));
  const rates = drops.map((layer) => [
    layer.name,
    Number((layer.getConfig().dropPathRate as number).toFixed(6)),
  ]);
  // 0.2 · i / 16 for block i of 16; only blocks with a shortcut can be passed over.
  expect(Object.fromEntries(rates)).toEqual({
    ...{ block2b_drop: 0.025, block3b_drop: 0.05, block4b_drop: 0.075, block4c_drop: 0.0875 },
    ...{ block5b_drop: 0.1125, block5c_drop: 0.125, block6b_drop: 0.15, block6c_drop: 0.1625 },
    block6d_drop: 0.175,
  });
  model.dispose();
});

it.each<[EfficientNetLiteOptions, string]>([
  [{ dropout: 1 }, 'dropout must be in [0, 1). Received: 1'],
  [{ dropConnect: -0.1 }, 'dropConnect must be in [0, 1). Received: -0.1'],
])('refuses %j', async (options, message) => {
  await expect(efficientNetLite0({ weights: null, ...options })).rejects.toThrow(message);
});
