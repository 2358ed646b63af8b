// Normalization by what was learned or given, which is a scale and a shift of each channel.

import { computed, constantOf, type Constant } from '../graph/constant.js';
import type { Value } from '../graph/graph-builder.js';
import { axisFromFront } from '../graph/shape.js';
import { cannotLower, inputOf, type LayerCall, type Lowering } from './layer-call.js';

/** scale · x + shift, along an axis. */
interface Affine {
  readonly scale: Constant;
  readonly shift: Constant | undefined;
}

const batchNormalization: Lowering = (call) => {
  const x = inputOf(call);
  const axis = axisFromFront([call.config.axis ?? -1].flat()[0] as number, x.shape.length);
  const epsilon = Number(call.config.epsilon);
  const channels = [x.shape[axis] as number];
  const weight = (name: string, value: number) =>
    call.weight(name) ?? constantOf(channels, new Float32Array(channels[0] as number).fill(value));
  const [gamma, beta] = [weight('gamma', 1), weight('beta', 0)];
  const [mean, variance] = [weight('moving_mean', 0), weight('moving_variance', 1)];
  const scale = computed(channels, [gamma, variance], (gamma, variance) => (i) =>
    at(gamma, i) / Math.sqrt(at(variance, i) + epsilon),
  ); // prettier-ignore
  const shift = computed(
    channels,
    [gamma, beta, mean, variance],
    (gamma, beta, mean, variance) => (i) =>
      at(beta, i) - (at(mean, i) * at(gamma, i)) / Math.sqrt(at(variance, i) + epsilon),
  );
  return scaleAndShift(call, axis, { scale, shift });
};

const rescaling: Lowering = (call) => {
  const { scale, offset } = call.config as Record<string, number | number[]>;
  const shift = offset === 0 ? undefined : perChannel(call, offset ?? 0);
  return scaleAndShift(call, -1, { scale: perChannel(call, scale ?? 1), shift });
};

const normalization: Lowering = (call) => {
  const rank = inputOf(call).shape.length;
  const axes = ([call.config.axis].flat() as number[]).map((axis) => axisFromFront(axis, rank));
  if (axes.some((axis) => axis !== rank - 1)) cannotLower(call, 'it normalizes along other axes than the last'); // prettier-ignore
  const { mean, variance } = call.config as Record<string, number | number[] | null>;
  const centre = call.weight('mean') ?? perChannel(call, mean ?? 0);
  const spread = call.weight('variance') ?? perChannel(call, variance ?? 1);
  const channels = [inputOf(call).shape.at(-1) as number];
  const deviation = (variance: Float32Array, i: number) =>
    Math.max(Math.sqrt(at(variance, i)), 1e-7);
  const invert = call.config.invert === true;
  const scale = computed(channels, [spread], (variance) => (i) =>
    invert ? deviation(variance, i) : 1 / deviation(variance, i),
  ); // prettier-ignore
  const shift = computed(channels, [centre, spread], (mean, variance) => (i) =>
    invert ? at(mean, i) : -at(mean, i) / deviation(variance, i),
  ); // prettier-ignore
  return scaleAndShift(call, -1, { scale, shift });
};

const layerScale: Lowering = (call) => {
  const scale = call.weight('gamma');
  if (!scale) return cannotLower(call, 'it has no weight gamma');
  return scaleAndShift(call, -1, { scale, shift: undefined });
};

/** Of one value, which all have, or of a list of one or as many as there are channels. */
function at(values: Float32Array, i: number): number {
  return values[values.length === 1 ? 0 : i] as number;
}

/** One number, or one for each channel. */
function perChannel(call: LayerCall, setting: number | number[]): Constant {
  const channels = inputOf(call).shape.at(-1);
  if (channels == null) return cannotLower(call, 'the number of its channels is not known');
  const list = [setting].flat();
  const values = list.length === 1 ? Array<number>(channels).fill(list[0] as number) : list;
  return constantOf([channels], Float32Array.from(values));
}

function scaleAndShift(call: LayerCall, axis: number, { scale, shift }: Affine): Value {
  const { graph, name } = call;
  const x = inputOf(call);
  const rank = x.shape.length;
  if (axisFromFront(axis, rank) === rank - 1) {
    const inputs = [x, graph.constant(`${name}/scale`, scale), shift && graph.constant(`${name}/shift`, shift)]; // prettier-ignore
    return graph.add(name, { op: 'scaleShift', inputs });
  }
  const aligned = ({ shape, read }: Constant): Constant => ({
    shape: [...shape, ...Array<number>(rank - 1 - axis).fill(1)],
    read,
  });
  const scaled = graph.add(`${name}/scaled`, {
    ...{ op: 'mul', inputs: [x, graph.constant(`${name}/scale`, aligned(scale))] },
  });
  if (!shift) return scaled;
  return graph.add(name, {
    ...{ op: 'add', inputs: [scaled, graph.constant(`${name}/shift`, aligned(shift))] },
  });
}

export const normalizations: Readonly<Record<string, Lowering>> = {
  BatchNormalization: batchNormalization,
  LayerScale: layerScale,
  Normalization: normalization,
  Rescaling: rescaling,
};
