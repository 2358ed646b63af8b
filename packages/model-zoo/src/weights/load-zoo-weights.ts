// Fills a model of the zoo with the weights that its options ask for.

import { loadWeightsFromH5 } from '@graftjs/keras-format';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { WeightsRequest } from '../models/create-model.js';
import { loadEfficientNetLite0FromTorch } from './efficientnet-lite0-from-torch.js';
import { findWeights } from './find-weights.js';
import { readGiven } from './given-weights.js';
import { modelTable } from './model-table.js';
import { pretrainedFiles } from './pretrained-files.js';

/**
 * @param model as it was built; its weights are overwritten, or stay as they are
 * @throws GraftError when the weights cannot be had, or do not fit the model
 */
export async function loadZooWeights(model: LayersModel, request: WeightsRequest): Promise<void> {
  const { bytes, name } = await read(model, request);
  if (request.model === 'efficientNetLite0' && !isHdf5(bytes)) {
    loadEfficientNetLite0FromTorch(model, bytes, name);
  } else await loadWeightsFromH5(model, bytes, { name });
}

async function read(
  model: LayersModel,
  { model: modelName, weights, includeTop, alpha, options }: WeightsRequest,
): Promise<{ bytes: Uint8Array; name: string }> {
  if (weights !== 'imagenet') return readGiven(weights, options);
  const [, height, width] = model.inputs[0]?.shape ?? [];
  const size = height === width ? height : undefined;
  const { top, noTop } = pretrainedFiles(modelTable[modelName], { alpha, size });
  const file = includeTop ? top : noTop;
  const { bytes, source } = await findWeights(file, options);
  return { bytes, name: `${file.name} of ${source}` };
}

function isHdf5(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 8)) === '\x89HDF\r\n\x1a\n';
}
