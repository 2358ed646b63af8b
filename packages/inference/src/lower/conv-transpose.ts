// Transposed convolutions.

import type { Pair } from '../graph/node.js';
import { nameBeforeActivation } from './activation.js';
import { optionalWeight, type LayerCall, type Lowering } from './layer-call.js';
import { imagePair, kernelOf, onImages } from './on-images.js';

const transposed: Lowering = (call) =>
  onImages(call, (x) => {
    const { kernelSize, strides, dilationRate } = call.config;
    const inputs = [x, kernelOf(call, 'kernel'), optionalWeight(call, 'bias')];
    const steps = {
      strides: imagePair(call, strides),
      dilations: imagePair(call, dilationRate ?? 1),
    };
    const sizes = imagePair(call, kernelSize);
    const reaches = sizes.map((size, i) => (size - 1) * (steps.dilations[i] as number) + 1);
    const extra = extraLengths(call);
    const endsAt = (i: 0 | 1) => endsOf(call, reaches[i] as number, steps.strides[i], extra[i]);
    const padding = [endsAt(0), endsAt(1)] as const;
    const operation = { op: 'conv2dTranspose', inputs, ...steps, padding } as const;
    return call.graph.add(nameBeforeActivation(call), operation);
  });

/** How much longer the output is than it must be, where the layer says so. */
function extraLengths(call: LayerCall): Pair | readonly [undefined, undefined] {
  const setting = call.config.outputPadding ?? undefined;
  if (setting === undefined) return [undefined, undefined];
  const pair = imagePair(call, setting);
  // Along the height of 1 of a sequence nothing is added.
  return call.inputs[0]?.shape.length === 3 ? [0, pair[1]] : pair;
}

/** How far the kernel reaches over both edges: what all taps give, less the length of the output. */
export function endsOf(
  { config }: LayerCall,
  reach: number,
  stride: number,
  extra: number | undefined,
): readonly [number, number] {
  if (config.padding !== 'same') return [0, -(extra ?? Math.max(stride - reach, 0))];
  const over = extra === undefined ? reach - stride : reach - (reach % 2) - extra;
  const before = Math.floor(Math.max(over, 0) / 2);
  return [before, over - before];
}

export const transposedConvolutions: Readonly<Record<string, Lowering>> = {
  Conv1DTranspose: transposed,
  Conv2DTranspose: transposed,
};
