// Tensors inside resource variables of TensorFlow, which ops change in place.

import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Attribute, Binding, HostValues, NativeTensor, NodeBackend } from '../node-backend.js';

/** What tfjs-node keeps of a tensor. */
export interface TensorData {
  readonly shape: number[];
  /** The binding's number. */
  readonly dtype: number;
  /** Of the tensor inside TensorFlow; −1 where there is none. */
  id: number;
  /** What still waits on the host. */
  readonly values: HostValues | null;
  refCount: number;
}

/** tfjs-node's backend, with its tensors. */
export type TensorBackend = NodeBackend & {
  readonly tensorMap: {
    get(dataId: object): TensorData;
    set(dataId: object, data: TensorData): void;
  };
};

/** A resource holds a tensor times `scale` plus `offset`. */
export interface Storage {
  readonly scale: number;
  readonly offset: number;
}

/** Under this name each variable is its own, and lives as long as its handle (`ResourceHandle::ANONYMOUS_NAME`). */
const ANONYMOUS = 'cd2c89b7-88b7-44c8-ad83-06c2a9158347';

/** Makes a variable, and gives the id of its handle. */
export function makeResource({ binding }: NodeBackend): number {
  const attributes = [
    dtypeOf(binding),
    { name: 'shape', type: binding.TF_ATTR_SHAPE, value: [] },
    { name: 'shared_name', type: binding.TF_ATTR_STRING, value: ANONYMOUS },
  ];
  return only(binding.executeOp('VarHandleOp', attributes, [], 1));
}

/** Puts a tensor into a variable, which then shares its memory. */
export function assignResource({ binding }: NodeBackend, handle: number, id: number): void {
  binding.executeOp('AssignVariableOp', [], [handle, id], 0);
}

/** The tensor in a variable; they share its memory. */
export function readResource({ binding }: NodeBackend, handle: number): number {
  return only(binding.executeOp('ReadVariableOp', [dtypeOf(binding)], [handle], 1));
}

/** Lets go of a tensor that nobody else holds: what has its memory may then change it. The tensor cannot be read any more. */
export function release({ binding }: NodeBackend, data: TensorData): void {
  if (data.refCount > 1) return;
  binding.deleteTensor(data.id);
  data.id = -1;
}

/**
 * A tensor that lives in a resource variable for as long as nobody asks for it: `id` is that of the handle, and disposing
 * of the tensor disposes of the variable. tfjs-node looks at `values` before it takes an `id`, and then it is as any other.
 */
export class ResourceData implements TensorData {
  readonly dtype: number;
  refCount = 1;
  private inside = true;

  constructor(
    private readonly backend: NodeBackend,
    readonly shape: number[],
    public id: number,
    private readonly storage: Storage,
  ) {
    this.dtype = backend.binding.TF_FLOAT;
  }

  get values(): null {
    if (this.inside) this.takeOut();
    return null;
  }

  /** The handle, the caller's from now on, if the tensor is nobody else's and stored in this way. */
  handOver({ scale, offset }: Storage): number | undefined {
    const same = this.storage.scale === scale && this.storage.offset === offset;
    if (!this.inside || !same || this.refCount > 1) return undefined;
    const handle = this.id;
    this.inside = false;
    this.id = -1;
    return handle;
  }

  private takeOut(): void {
    const { backend, id } = this;
    const { scale, offset } = this.storage;
    const value = readResource(backend, id);
    this.id = affine(backend, value, [
      ['AddV2', -offset],
      ['Mul', 1 / scale],
    ]);
    this.inside = false;
    const done = this.id === value ? [id] : [id, value];
    for (const each of done) backend.binding.deleteTensor(each);
  }
}

/** A variable with the tensor, which is let go of where nobody else holds it; gives the handle. */
export function intoResource(backend: TensorBackend, tensor: TensorInfo, storage: Storage): number {
  const data = backend.tensorMap.get(tensor.dataId);
  const handedOver = data instanceof ResourceData ? data.handOver(storage) : undefined;
  if (handedOver !== undefined) return handedOver;
  const handle = makeResource(backend);
  const [id] = backend.getInputTensorIds([tensor]) as [number];
  const inside = affine(backend, id, [
    ['Mul', storage.scale],
    ['AddV2', storage.offset],
  ]);
  assignResource(backend, handle, inside);
  if (inside !== id) backend.binding.deleteTensor(inside);
  release(backend, data);
  return handle;
}

const neutral = { AddV2: 0, Mul: 1 };

/** A tensor plus and times some numbers, as a new one; the same where these change nothing. */
function affine(
  { binding }: NodeBackend,
  id: number,
  steps: readonly (readonly [op: keyof typeof neutral, operand: number])[],
): number {
  let result = id;
  for (const [op, operand] of steps.filter(([op, operand]) => operand !== neutral[op])) {
    const scalar = binding.createTensor([], binding.TF_FLOAT, Float32Array.of(operand));
    const next = only(binding.executeOp(op, [], [result, scalar], 1));
    binding.deleteTensor(scalar);
    if (result !== id) binding.deleteTensor(result);
    result = next;
  }
  return result;
}

/** Of what is read; TensorFlow infers the type of what it is given. */
function dtypeOf(binding: Binding): Attribute {
  return { name: 'dtype', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
}

function only([native]: readonly NativeTensor[]): number {
  return (native as NativeTensor).id;
}
