import '@tensorflow/tfjs-backend-cpu';
import * as layers from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { optimizerFromState } from './optimizer-from-state.js';

const model = layers.sequential({ layers: [layers.layers.dense({ units: 1, inputShape: [1] })] });
const stateOf = (config: object) => ({
  ...{ name: 'SGD', config: { learning_rate: 0.5, ...config }, iterations: 3, learningRate: 0.5 },
  slots: new Map(),
});

it('makes the optimizer that the file was saved with', async () => {
  const unset = { weight_decay: null, clipnorm: null, use_ema: false };
  const optimizer = await optimizerFromState(stateOf({ momentum: 0, ...unset }), model);
  expect(optimizer.getConfig()).toEqual({ learningRate: 0.5, momentum: 0, nesterov: false });
  expect(optimizer.iterations).toBe(3);
});

it.each([
  [
    { weight_decay: 0.004 },
    "the file's optimizer has weight_decay = 0.004, which is not supported; --no-optimizer leaves it out",
  ],
  [{ amsgrad: true }, 'amsgrad = true, which is not supported'],
])('refuses %j, which would be lost', async (config, message) => {
  await expect(optimizerFromState(stateOf(config), model)).rejects.toThrow(message);
});

it('refuses a class that it does not know', async () => {
  await expect(optimizerFromState({ ...stateOf({}), name: 'Lion' }, model)).rejects.toThrow(
    "the file's optimizer must be one of SGD, RMSprop, Adam. Received: Lion",
  );
});
