// Images made larger or smaller, and their middle.

import type { Value } from '../graph/graph-builder.js';
import {
  cannotLower,
  inputOf,
  knownLengths,
  listOf,
  pairOf,
  type LayerCall,
  type Lowering,
} from './layer-call.js';
import { chosenPixels, mixedByLayer } from './linear-images.js';
import { operationsOf } from './operations.js';

type Size = readonly [height: number, width: number];
type Image = [height: number, width: number, channels: number];

const upSampling2d: Lowering = (call) => {
  const times = pairOf(call.config.size);
  const method = methodOf(call);
  if (!method) {
    const [height, width] = knownLengths(call, inputOf(call)) as Image;
    return mixedByLayer(call, inputOf(call), [height * times[0], width * times[1]], {});
  }
  // tfjs-layers puts the first pixels on each other.
  const centers = { halfPixelCenters: call.isGraft };
  const inputs = [inputOf(call)];
  return call.graph.add(call.name, { op: 'resize', inputs, to: { times }, ...centers, method });
};

/** Of sequences and volumes: the steps, and then the rows and so on, each so often. */
const repeated: Lowering = (call) => {
  const { reshape, concat } = operationsOf(call);
  const x = inputOf(call);
  const shape = [...x.shape];
  let y = x;
  for (const [i, times] of listOf(call.config.size, x.shape.length - 2).entries()) {
    const axis = i + 1;
    if (times === 1) continue;
    const rest = shape.slice(axis + 1);
    // A sequence may be of any length.
    const one = x.shape.length === 3 ? [null, shape[1] ?? null, 1, ...rest] : [null, 1, ...rest];
    if (x.shape.length > 3) knownLengths(call, x);
    const copies = concat(Array<Value>(times).fill(reshape(y, one)), one.length - rest.length - 1);
    shape[axis] = shape[axis] == null ? null : shape[axis] * times;
    y = reshape(copies, [null, ...shape.slice(1)]);
  }
  return y;
};

const resizing: Lowering = (call) => {
  if (!call.isGraft) cannotLower(call, 'that of tfjs-layers fails when a model calls it');
  const { cropToAspectRatio, padToAspectRatio, antialias, fillValue } = call.config;
  const { height, width } = call.config as { height: number; width: number };
  const size = [height, width] as const;
  let x = inputOf(call);
  if (cropToAspectRatio === true) x = cropped(call, x, size);
  if (padToAspectRatio === true) x = padded(call, x, size, Number(fillValue));
  const method = methodOf(call);
  const isPlain = antialias !== true || method === 'nearest';
  if (method && isPlain) return resize(call, x, size, method);
  return mixedByLayer(call, x, size, { cropToAspectRatio: false, padToAspectRatio: false });
};

function resize(call: LayerCall, x: Value, size: Size, method: 'nearest' | 'bilinear'): Value {
  const inputs = [x];
  return call.graph.add(call.name, { op: 'resize', inputs, to: { size }, method, halfPixelCenters: true }); // prettier-ignore
}

/** The largest middle part with the proportions of `size`. */
function cropped(call: LayerCall, x: Value, size: Size): Value {
  const [height, width] = knownLengths(call, x) as Image;
  const most = proportional(height, width, size);
  const ends = [height, width].map((length, i): [number, number] => {
    const kept = Math.max(Math.min(length, most[i] as number), 1);
    const before = Math.trunc((length - kept) / 2);
    return [before, length - before - kept];
  });
  return operationsOf(call).crop(x, [[0, 0], ...ends, [0, 0]]);
}

/** Within a frame that gives it the proportions of `size`; as in Keras, an odd pixel is lost. */
function padded(call: LayerCall, x: Value, size: Size, value: number): Value {
  const [height, width] = knownLengths(call, x) as Image;
  const least = proportional(height, width, size);
  const ends = [height, width].map((length, i): [number, number] => {
    const around = Math.trunc(Math.max((least[i] as number) - length, 0) / 2);
    return [around, around];
  });
  return operationsOf(call).pad(x, [[0, 0], ...ends, [0, 0]], value);
}

/** The height that belongs to the width in the proportions of `size`, and the width that belongs to the height. */
function proportional(height: number, width: number, [rows, columns]: Size): [number, number] {
  return [
    Math.trunc(Math.fround((width * rows) / columns)),
    Math.trunc(Math.fround((height * columns) / rows)),
  ];
}

/** Where an image is too small, Keras resizes. */
const centerCrop: Lowering = (call) => {
  const x = inputOf(call);
  const { height, width } = call.config as { height: number; width: number };
  const size = [height, width] as const;
  const [rows, columns] = knownLengths(call, x) as Image;
  const [over, across] = [rows - height, columns - width];
  if (over < 0 || across < 0) {
    if (!call.isGraft) cannotLower(call, 'that of tfjs-layers fails where an image is too small');
    return resize(call, cropped(call, x, size), size, 'bilinear');
  }
  if (!call.isGraft) return chosenPixels(call, x, size);
  const [above, left] = [Math.floor(over / 2), Math.floor(across / 2)];
  const ends = [[0, 0], [above, over - above], [left, across - left], [0, 0]] as const; // prettier-ignore
  return operationsOf(call).crop(x, ends);
};

/** By an operation of the graph; undefined for other ways. */
function methodOf({ config }: LayerCall): 'nearest' | 'bilinear' | undefined {
  const { interpolation } = config;
  return interpolation === 'nearest' || interpolation === 'bilinear' ? interpolation : undefined;
}

export const resizings: Readonly<Record<string, Lowering>> = {
  CenterCrop: centerCrop,
  Resizing: resizing,
  UpSampling1D: repeated,
  UpSampling2D: upSampling2d,
  UpSampling3D: repeated,
};
