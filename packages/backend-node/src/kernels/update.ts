// An optimizer's update by TensorFlow's own ops, in place, where the rule names some.

import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import {
  UPDATE_KERNEL,
  type NativeUpdate,
  type NativeUpdates,
  type UpdateAttributes,
  type UpdateKernelConfig,
} from '@graftjs/core';
import { BACKEND_NAME, type Attribute, type Binding, type NodeBackend } from '../node-backend.js';
import {
  assignResource,
  intoResource,
  makeResource,
  readResource,
  release,
  ResourceData,
  type Storage,
  type TensorBackend,
  type TensorData,
} from './resource.js';
import { scalarsFor } from './update-scalars.js';

export const updateConfig: UpdateKernelConfig = {
  kernelName: UPDATE_KERNEL,
  backendName: BACKEND_NAME,
  accepts: ({ tensorflow }) => tensorflow !== undefined,
  kernelFunc({ inputs, backend, attrs }) {
    const attributes = attrs as unknown as UpdateAttributes;
    return update(backend as TensorBackend, attributes, inputs as Record<string, TensorInfo>);
  },
};

/**
 * The slots stay in resource variables from step to step; only who reads one takes it out. The weight, which every step
 * reads, goes through one variable for all of them, so that the copy that TensorFlow makes of shared memory is saved.
 */
function update(
  backend: TensorBackend,
  attributes: UpdateAttributes,
  tensors: Record<string, TensorInfo>,
): TensorInfo[] {
  const { binding } = backend;
  const { rule } = attributes;
  const { weight, gradient } = tensors as Record<'weight' | 'gradient', TensorInfo>;
  util.assertShapesMatch(weight.shape, gradient.shape, 'gradient of a variable: ');
  const native = rule.tensorflow as NativeUpdates;
  const [weightId, gradientId] = backend.getInputTensorIds([weight, gradient]) as [number, number];
  const storages = rule.slots.map((slot) => storageOf(native, slot));
  const handles = rule.slots.map((slot, i) =>
    intoResource(backend, tensors[slot] as TensorInfo, storages[i] as Storage),
  );
  const variable = variableFor(backend);
  assignResource(backend, variable, weightId);
  const scalars = scalarsFor(backend, attributes);
  const idOf = (name: string): number => {
    if (name === 'weight') return variable;
    if (name === 'gradient') return gradientId;
    if (name === 'value') return weightId;
    return (scalars.get(name) ?? handles[rule.slots.indexOf(name)]) as number;
  };
  const readsOld =
    gradientId === weightId || native.ops.some(({ inputs }) => inputs.includes('value'));
  if (!readsOld) release(backend, backend.tensorMap.get(weight.dataId));
  for (const { op, inputs, attributes: flags = {} } of native.ops)
    binding.executeOp(op, flagsOf(binding, flags), inputs.map(idOf), 0);
  const { shape } = weight;
  const updated = { shape, dtype: binding.TF_FLOAT, id: readResource(backend, variable) };
  return [
    add(backend, { ...updated, values: null, refCount: 1 }),
    ...handles.map((handle, i) =>
      add(backend, new ResourceData(backend, shape, handle, storages[i] as Storage)),
    ),
  ];
}

function flagsOf(binding: Binding, flags: NonNullable<NativeUpdate['attributes']>): Attribute[] {
  return Object.entries(flags).map(([name, value]) => ({
    ...{ name, value },
    type: binding.TF_ATTR_BOOL,
  }));
}

function storageOf({ slotScales, slotOffsets }: NativeUpdates, slot: string): Storage {
  return { scale: slotScales?.[slot] ?? 1, offset: slotOffsets?.[slot] ?? 0 };
}

function add(backend: TensorBackend, data: TensorData): TensorInfo {
  const dataId = {};
  backend.tensorMap.set(dataId, data);
  return { dataId, shape: data.shape, dtype: 'float32' };
}

const variables = new WeakMap<NodeBackend, number>();

/** The variable that weights go through; it goes on holding the last one. */
function variableFor(backend: NodeBackend): number {
  let variable = variables.get(backend);
  if (variable === undefined) variables.set(backend, (variable = makeResource(backend)));
  return variable;
}
