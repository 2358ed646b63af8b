// Fills a model of the zoo with the weights that its options ask for.

import { invalidArgument } from '@graftjs/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { WeightsRequest } from '../models/create-model.js';

/** @throws GraftError when the weights cannot be had */
export async function loadZooWeights(_model: LayersModel, request: WeightsRequest): Promise<void> {
  throw invalidArgument('weights', 'null: models are made with random weights', request.weights);
}
