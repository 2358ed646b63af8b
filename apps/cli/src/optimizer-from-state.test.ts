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
  const unset = {
    weight_decay: null,
    clipnorm: null,
    use_ema: false,
    ema_overwrite_frequency: 100,
  };
  const optimizer = await optimizerFromState(
    stateOf({ momentum: 0, nesterov: true, ...unset }),
    model,
  );
  expect(optimizer.getConfig()).toMatchObject({ learningRate: 0.5, momentum: 0, nesterov: false });
  expect(optimizer.getConfig()).toMatchObject({ useEma: false, emaOverwriteFrequency: null });
  expect(optimizer.iterations).toBe(3);
});

it('lets all variables decay, as Keras does', async () => {
  const optimizer = await optimizerFromState(stateOf({ weight_decay: 0.004 }), model);
  expect(optimizer.getConfig()).toMatchObject({ weightDecay: 0.004, decays: 'all' });
});

it('refuses a setting that it does not know, and a class', async () => {
  const scaled = stateOf({ loss_scale_factor: 2 });
  await expect(optimizerFromState(scaled, model)).rejects.toThrow(
    'the optimizer (SGD) has the setting "loss_scale_factor", which is not supported',
  );
  await expect(optimizerFromState({ ...stateOf({}), name: 'Mine' }, model)).rejects.toThrow(
    /^the file's optimizer must be one of .*, SGD\. Received: Mine$/,
  );
});
