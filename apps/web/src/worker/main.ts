// The worker: loads a model and predicts, so that the page stays alive meanwhile.

import { expose } from 'comlink';
import { GraftError } from '@graftjs/core';
import { modelNames, modelTable } from '@graftjs/model-zoo';
import type { PredictionWorker } from '../protocol.js';
import { probeBackends } from './backends.js';
import { loadPredictor, type PhotoPredictor } from './photo-predictor.js';

let loaded: PhotoPredictor | undefined;

expose({
  backends: probeBackends,
  // Nobody publishes weights of the others.
  zoo: async () =>
    modelNames
      .filter((name) => modelTable[name].files.length > 0)
      .map((name) => ({ name, ...modelTable[name] }))
      .map(({ name, title, megabytes }) => ({ name, title, megabytes })),
  async load(request, onProgress) {
    loaded = await loadPredictor(request, onProgress);
    return loaded.facts;
  },
  async predict(photo) {
    if (!loaded) throw new GraftError('no model is loaded');
    return loaded.predict(photo);
  },
} satisfies PredictionWorker);
