// The model itself, for where nothing faster can run it.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Engine } from './engine.js';

export function layersEngine(model: LayersModel): Engine {
  return {
    run: async (inputs) => {
      const predict = () =>
        model.apply([...inputs], { training: false }) as tf.Tensor | tf.Tensor[];
      return [tf.tidy(predict)].flat();
    },
    dispose: () => undefined,
  };
}
