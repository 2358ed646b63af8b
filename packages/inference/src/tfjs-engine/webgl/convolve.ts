// A convolution by two draws.

import type * as tf from '@tensorflow/tfjs-core';
import * as shader from './convolution-shader.js';
import { windowOf, type Operands } from './operands.js';
import {
  draw,
  freePacked,
  makePacked,
  mostOutputs,
  packedOf,
  tensorOf,
  type Packed,
} from './webgl-backend.js';

/** Fragments that a GPU is busy with: where there are fewer, each has less. */
const ENOUGH = 1024;

/** Undefined where a tensor does not lie in its texture as the shader takes it. */
export function convolve(operands: Operands): tf.Tensor | undefined {
  const { info, x, kernel, bias } = operands;
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = info;
  const inGroups = Math.ceil(inChannels / 2);
  const [inPairs, outPairs] = [Math.ceil(inWidth / 2), Math.ceil(outWidth / 2)];
  const rows = info.batchSize * outHeight * outPairs;
  const halfRows = Math.ceil(rows / 2);
  const isMany = halfRows * (outChannels / 8) >= ENOUGH;
  const parts = isMany && outChannels % 8 === 0 && mostOutputs() >= 8 ? 4 : 2;
  const columns = outChannels / 2 / parts;
  const given = [x, kernel, ...bias].map((tensor) => packedOf(tensor));
  const inputs = given.map(({ packed }) => packed);
  const [images, filters] = inputs as [Packed, Packed];
  const fits = images.width % inGroups === 0 && filters.width === parts * columns;
  const y = fits ? run() : undefined;
  for (const { release } of given) release();
  return y;

  function run(): tf.Tensor {
    const textures = Array.from({ length: 2 * parts }, () =>
      makePacked([2 * halfRows, 2 * columns], columns, halfRows),
    );
    const out = makePacked(info.outShape, parts * columns, rows);
    const values = {
      ...{ halfRows, lastRow: rows - 1, outHeight, outPairs, outWidth, columns },
      ...{ inHeight, inWidth, inPairs, inGroups, inChannels, xWidth: images.width },
      ...{ top: padInfo.top, partWidth: (textures[0] as Packed).width },
    };
    draw({
      shader: shader.convolutionShader({
        parts,
        ...windowOf(operands),
        isPadded: reachesBeyond(info),
        isOddChannels: inChannels % 2 === 1,
      }),
      inputs,
      outputs: textures,
      values: shader.convolutionValues.map((name) => values[name]),
    });
    draw({
      shader: shader.joinShader(parts),
      inputs: textures,
      outputs: [out],
      values: shader.joinValues.map((name) => values[name]),
    });
    for (const texture of textures) freePacked(texture);
    return tensorOf(out);
  }
}

/** Also where only the second column of a last texel does. */
function reachesBeyond(info: tf.backend_util.Conv2DInfo): boolean {
  const { top, bottom, left, right } = info.padInfo;
  return [top, bottom, left, right].some((length) => length > 0) || info.outWidth % 2 === 1;
}
