// Images made larger or smaller.

import {
  cannotLower,
  inputOf,
  needChannelsLast,
  pairOf,
  type LayerCall,
  type Lowering,
} from './layer-call.js';

const upSampling: Lowering = (call) => {
  needChannelsLast(call);
  const x = inputOf(call);
  if (x.shape.length !== 4) cannotLower(call, 'it repeats sequences or volumes');
  const to = { times: pairOf(call.config.size) };
  // tfjs-layers puts the first pixels on each other.
  const centers = { halfPixelCenters: call.isGraft };
  return call.graph.add(call.name, {
    op: 'resize',
    inputs: [x],
    to,
    ...centers,
    ...methodOf(call),
  });
};

const resizing: Lowering = (call) => {
  needChannelsLast(call);
  if (!call.isGraft) cannotLower(call, 'that of tfjs-layers resizes otherwise than Keras');
  const { cropToAspectRatio, padToAspectRatio, antialias } = call.config;
  if (cropToAspectRatio === true || padToAspectRatio === true) cannotLower(call, 'it keeps the aspect ratio'); // prettier-ignore
  if (antialias === true) cannotLower(call, 'it averages over pixels');
  const { height, width } = call.config as { height: number; width: number };
  const inputs = [inputOf(call)];
  const to = { size: [height, width] } as const;
  return call.graph.add(call.name, { op: 'resize', inputs, to, halfPixelCenters: true, ...methodOf(call) }); // prettier-ignore
};

function methodOf(call: LayerCall): { method: 'nearest' | 'bilinear' } {
  const { interpolation } = call.config;
  if (interpolation === 'nearest' || interpolation === 'bilinear') return { method: interpolation };
  return cannotLower(call, `it interpolates by ${interpolation}`);
}

export const resizings: Readonly<Record<string, Lowering>> = {
  Resizing: resizing,
  UpSampling2D: upSampling,
};
