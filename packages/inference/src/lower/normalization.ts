// Normalization by what was learned or given, which is a scale and a shift of each channel.

import { computed, constantOf, type Constant } from '../graph/constant.js';
import type { Value } from '../graph/graph-builder.js';
import { axisFromFront } from '../graph/shape.js';
import { aligned } from './aligned.js';
import { cannotLower, inputOf, type LayerCall, type Lowering } from './layer-call.js';
import { operationsOf } from './operations.js';

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
  const { mul, add } = operationsOf(call);
  const rank = inputOf(call).shape.length;
  const axes = ([call.config.axis].flat() as number[]).map((axis) => axisFromFront(axis, rank));
  const { mean, variance } = call.config;
  const centre = call.weight('mean') ?? settingOf(mean ?? 0);
  const spread = call.weight('variance') ?? settingOf(variance ?? 1);
  const kept = [...axes].sort((a, b) => a - b).slice(-Math.max(centre.shape.length, spread.shape.length) || rank); // prettier-ignore
  const { scale, shift } = undone(call, centre, spread);
  const isLast = kept.every((axis) => axis === rank - 1);
  if (isLast) return scaleAndShift(call, -1, { scale: ofChannels(call, scale), shift: ofChannels(call, shift) }); // prettier-ignore
  const place = (name: string, constant: Constant) =>
    call.graph.constant(`${call.name}/${name}`, aligned(constant, kept, rank));
  return add(mul(inputOf(call), place('scale', scale)), place('shift', shift));
};

/** (x − mean) / deviation, or the other way round, of one value or of many. */
function undone(call: LayerCall, centre: Constant, spread: Constant) {
  const [shape, other] = centre.shape.length > spread.shape.length ? [centre.shape, spread.shape] : [spread.shape, centre.shape]; // prettier-ignore
  const size = (lengths: readonly number[]) => lengths.reduce((a, b) => a * b, 1);
  if (size(other) !== 1 && size(other) !== size(shape)) cannotLower(call, 'its mean and its variance have different shapes'); // prettier-ignore
  const deviation = (variance: Float32Array, i: number) =>
    Math.max(Math.sqrt(at(variance, i)), 1e-7);
  const invert = call.config.invert === true;
  const scale = computed(shape, [spread], (variance) => (i) =>
    invert ? deviation(variance, i) : 1 / deviation(variance, i),
  ); // prettier-ignore
  const shift = computed(shape, [centre, spread], (mean, variance) => (i) =>
    invert ? at(mean, i) : -at(mean, i) / deviation(variance, i),
  ); // prettier-ignore
  return { scale, shift };
}

/** A number, or lists of them within each other. */
function settingOf(setting: unknown): Constant {
  const shape: number[] = [];
  for (let each = setting; Array.isArray(each); each = (each as unknown[])[0])
    shape.push(each.length);
  return constantOf(shape, Float32Array.from([setting].flat(shape.length) as number[]));
}

/** One value as that of each channel. */
function ofChannels(call: LayerCall, constant: Constant): Constant {
  const channels = inputOf(call).shape.at(-1);
  if (channels == null) return cannotLower(call, 'the number of its channels is not known');
  return computed([channels], [constant], (values) => (i) => at(values, i));
}

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

/** Along another axis than the last, which then is the last for so long. */
function scaleAndShift(call: LayerCall, axis: number, { scale, shift }: Affine): Value {
  const { transpose } = operationsOf(call);
  const { graph, name } = call;
  const x = inputOf(call);
  const axes = x.shape.map((_, i) => i);
  const order = [...axes.filter((i) => i !== axisFromFront(axis, axes.length)), axisFromFront(axis, axes.length)]; // prettier-ignore
  const inputs = [transpose(x, order), graph.constant(`${name}/scale`, scale), shift && graph.constant(`${name}/shift`, shift)]; // prettier-ignore
  const y = graph.add(name, { op: 'scaleShift', inputs });
  return transpose(y, axes.map((i) => order.indexOf(i))); // prettier-ignore
}

export const normalizations: Readonly<Record<string, Lowering>> = {
  BatchNormalization: batchNormalization,
  LayerScale: layerScale,
  Normalization: normalization,
  Rescaling: rescaling,
};
