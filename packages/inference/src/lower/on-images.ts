// What convolutions of images and of sequences share: a sequence is an image of height 1.

import type { Constant } from '../graph/constant.js';
import type { Value } from '../graph/graph-builder.js';
import type { Pair } from '../graph/node.js';
import { activated } from './activation.js';
import { cannotLower, inputOf, pairOf, type LayerCall } from './layer-call.js';

/** Brings sequences to images and back, and applies the layer's activation. */
export function onImages(call: LayerCall, convolve: (x: Value) => Value): Value {
  const x = inputOf(call);
  if (x.shape.length === 4) return activated(call, convolve(x));
  const [, length = null, channels = null] = x.shape;
  const image = call.graph.add(`${call.name}/image`, {
    ...{ op: 'reshape', inputs: [x], shape: [null, 1, length, channels] },
  });
  const y = activated(call, convolve(image));
  return call.graph.add(`${call.name}/sequence`, {
    ...{ op: 'reshape', inputs: [y], shape: [null, y.shape[2] ?? null, y.shape[3] ?? null] },
  });
}

/** A setting of each dimension as one of height and width. */
export function imagePair(call: LayerCall, setting: unknown): Pair {
  const pair = pairOf(setting);
  return inputOf(call).shape.length === 3 ? [1, pair[0]] : pair;
}

/** A kernel of images; that of sequences has one length less. */
export function kernelOf(call: LayerCall, name: string): Value {
  const kernel = call.weight(name);
  if (!kernel) return cannotLower(call, `it has no weight ${name}`);
  return call.graph.constant(`${call.name}/${name}`, imageKernel(kernel));
}

/** A kernel that is taken twice is one constant. */
const imageKernels = new WeakMap<Constant, Constant>();

function imageKernel(kernel: Constant): Constant {
  if (kernel.shape.length !== 3) return kernel;
  const known = imageKernels.get(kernel) ?? { shape: [1, ...kernel.shape], read: kernel.read };
  imageKernels.set(kernel, known);
  return known;
}
