// EfficientNet-Lite0's published weights, which are a torch checkpoint, as those of the model here.

import { GraftError } from '@graftjs/core';
import { readTorchCheckpoint } from '@graftjs/keras-format';
import { tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { blockNames } from '../models/efficientnet-lite.js';

/** Numbers in row-major order. */
export interface NamedArray {
  /** `layer/weight`, as in the model. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What a tensor of torch is, and so how its axes have to be ordered here. */
const axesOf = {
  /** [out, in, height, width] → [height, width, in, out] */
  convolution: [2, 3, 1, 0],
  /** [channels, 1, height, width] → [height, width, channels, 1] */
  depthwise: [2, 3, 0, 1],
  /** [out, in] → [in, out] */
  dense: [1, 0],
  vector: [0],
};

interface Source {
  readonly torch: string;
  readonly name: string;
  readonly kind: keyof typeof axesOf;
}

/**
 * The weights of a torch checkpoint of EfficientNet-Lite0, in the order of the model's layers.
 *
 * @param bytes of the `.pth` file; nothing in it is executed
 * @param name what to call the file in errors
 * @throws GraftError when the file is no checkpoint, or not one of EfficientNet-Lite0
 */
export function efficientNetLite0WeightsFromTorch(
  bytes: Uint8Array,
  name = 'the file',
): readonly NamedArray[] {
  const tensors = new Map(readTorchCheckpoint(bytes));
  const foreign = (what: string): GraftError =>
    new GraftError(`${name} does not hold EfficientNet-Lite0: ${what}`);
  const arrays = sources().map(({ torch, name: weight, kind }) => {
    const found = tensors.get(torch);
    if (found === undefined) throw foreign(`${torch} is missing`);
    const { shape, data } = found;
    if (!(data instanceof Float32Array && shape.length === axesOf[kind].length)) {
      throw foreign(`${torch} is ${found.dtype} of shape [${shape.join(', ')}]`);
    }
    tensors.delete(torch);
    return { name: weight, ...permute(data, shape, axesOf[kind]) };
  });
  // What torch counts in training, and has no use for here.
  const rest = [...tensors.keys()].filter((key) => !key.endsWith('.num_batches_tracked'));
  if (rest.length > 0) throw foreign(`${rest[0]} has no place in it`);
  return arrays;
}

/**
 * Gives a model of {@link efficientNetLite0} the weights of a torch checkpoint; all of them are checked before the first one
 * is changed. Without the top, those of the classifier are left out.
 *
 * @throws GraftError when the file is not one of EfficientNet-Lite0, or the model has other shapes: another number of
 *   classes or channels
 */
export function loadEfficientNetLite0FromTorch(
  model: LayersModel,
  bytes: Uint8Array,
  name?: string,
): void {
  const arrays = new Map(
    efficientNetLite0WeightsFromTorch(bytes, name).map((array) => [array.name, array]),
  );
  const pairs = model.layers.flatMap((layer) =>
    layer.weights.map((weight) => {
      const path = `${layer.name}/${weight.originalName.split('/').at(-1)}`;
      const array = arrays.get(path);
      const received = array ? `[${array.shape.join(', ')}]` : 'nothing';
      if (array === undefined || array.shape.join() !== weight.shape.join()) {
        const expected = `[${weight.shape.join(', ')}]`;
        throw new GraftError(`${name ?? 'the file'} has ${received} for ${path}, not ${expected}`);
      }
      return { weight, array };
    }),
  );
  for (const { weight, array } of pairs) {
    const value = tensor(array.data, [...array.shape]);
    weight.write(value);
    value.dispose();
  }
}

/** Every weight of the model, layer by layer. */
function sources(): Source[] {
  return [
    ...convolution('_conv_stem', 'stem_conv'),
    ...normalization('_bn0', 'stem_bn'),
    ...blockNames.flatMap((prefix, i) => block(`_blocks.${i}.`, prefix, i > 0)),
    ...convolution('_conv_head', 'top_conv'),
    ...normalization('_bn1', 'top_bn'),
    { torch: '_fc.weight', name: 'predictions/kernel', kind: 'dense' },
    { torch: '_fc.bias', name: 'predictions/bias', kind: 'vector' },
  ];
}

/** The first block does not expand. */
function block(torch: string, prefix: string, expands: boolean): Source[] {
  const expansion = [
    ...convolution(`${torch}_expand_conv`, `${prefix}expand_conv`),
    ...normalization(`${torch}_bn0`, `${prefix}expand_bn`),
  ];
  const depthwise = `${prefix}dwconv/depthwise_kernel`;
  return [
    ...(expands ? expansion : []),
    { torch: `${torch}_depthwise_conv.weight`, name: depthwise, kind: 'depthwise' },
    ...normalization(`${torch}_bn1`, `${prefix}bn`),
    ...convolution(`${torch}_project_conv`, `${prefix}project_conv`),
    ...normalization(`${torch}_bn2`, `${prefix}project_bn`),
  ];
}

function convolution(torch: string, layer: string): Source[] {
  return [{ torch: `${torch}.weight`, name: `${layer}/kernel`, kind: 'convolution' }];
}

function normalization(torch: string, layer: string): Source[] {
  const names = {
    ...{ weight: 'gamma', bias: 'beta' },
    ...{ running_mean: 'moving_mean', running_var: 'moving_variance' },
  };
  return Object.entries(names).map(([theirs, ours]) => ({
    ...{ torch: `${torch}.${theirs}`, name: `${layer}/${ours}` },
    kind: 'vector',
  }));
}

/** Axis i of the result is axis `axes[i]` of the array. */
function permute(
  data: Float32Array,
  shape: readonly number[],
  axes: readonly number[],
): Omit<NamedArray, 'name'> {
  const strides = shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((n, length) => n * length, 1),
  );
  const permuted = axes.map((axis) => shape[axis] as number);
  const steps = axes.map((axis) => strides[axis] as number);
  const result = new Float32Array(data.length);
  let next = 0;
  const copy = (axis: number, from: number): void => {
    const [length, step] = [permuted[axis] as number, steps[axis] as number];
    for (let i = 0; i < length; i++) {
      if (axis === permuted.length - 1) result[next++] = data[from + i * step] as number;
      else copy(axis + 1, from + i * step);
    }
  };
  copy(0, 0);
  return { shape: permuted, data: result };
}
