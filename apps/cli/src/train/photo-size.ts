// The photos that a model takes.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import { GraftError } from '@graftjs/core';

/**
 * Height and width.
 *
 * @param file that the model is of, for the error
 * @throws GraftError where the model takes something else than photos of one size
 */
export function photoSize(model: LayersModel, file: string): [number, number] {
  const [, height, width, channels] = model.inputs[0]?.shape ?? [];
  if (model.inputs.length === 1 && height && width && channels === 3) return [height, width];
  throw new GraftError(`${file} must take photos of one size, [batch, height, width, 3]`);
}
