// A depthwise convolution by one draw.

import type * as tf from '@tensorflow/tfjs-core';
import { depthwiseShader, depthwiseValues } from './depthwise-shader.js';
import { windowOf, type Operands } from './operands.js';
import { draw, makePacked, packedOf, tensorOf, type Packed } from './webgl-backend.js';

/** Undefined where a tensor does not lie in its texture as the shader takes it. */
export function convolveDepthwise(operands: Operands): tf.Tensor | undefined {
  const { info, x, kernel, bias } = operands;
  const { inHeight, inWidth, outHeight, outWidth, outChannels, padInfo } = info;
  const columns = outChannels / 2;
  const [inPairs, outPairs] = [Math.ceil(inWidth / 2), Math.ceil(outWidth / 2)];
  const places = info.filterHeight * info.filterWidth;
  const given = [
    packedOf(x),
    packedOf(kernel, [places, outChannels]),
    ...bias.map((tensor) => packedOf(tensor)),
  ];
  const inputs = given.map(({ packed }) => packed);
  const [images, filters] = inputs as [Packed, Packed];
  const fits = images.width === columns && filters.width === columns;
  const y = fits ? run() : undefined;
  for (const { release } of given) release();
  return y;

  function run(): tf.Tensor {
    const out = makePacked(info.outShape, columns, info.batchSize * outHeight * outPairs);
    const { top } = padInfo;
    const values = { outHeight, outWidth, outPairs, inHeight, inWidth, inPairs, columns, top };
    draw({
      shader: depthwiseShader(windowOf(operands)),
      ...{ inputs, outputs: [out], values: depthwiseValues.map((name) => values[name]) },
    });
    return tensorOf(out);
  }
}
