// The globals of Python and torch that a state dict names, as plain data; and its storages.

import type { StoredDtype } from '../safetensors/stored-tensor.js';
import { damaged } from './damaged.js';
import type { PickleGlobal, PickleOptions } from './pickle.js';
import { isCount, makeView, TensorView, type Storage } from './tensor-view.js';

const storageTypes: Readonly<Record<string, StoredDtype>> = {
  FloatStorage: 'float32',
  HalfStorage: 'float16',
  BFloat16Storage: 'bfloat16',
  DoubleStorage: 'float64',
  CharStorage: 'int8',
  ShortStorage: 'int16',
  IntStorage: 'int32',
  LongStorage: 'int64',
  ByteStorage: 'uint8',
  BoolStorage: 'bool',
};

interface StorageType extends PickleGlobal {
  readonly dtype: StoredDtype;
}

const functions: Readonly<Record<string, NonNullable<PickleGlobal['call']>>> = {
  'collections.OrderedDict': (args) => {
    if (args.length > 0) throw damaged('an OrderedDict is made of something');
    return new Map();
  },
  // (storage, offset, size, stride, requires_grad, hooks)
  'torch._utils._rebuild_tensor_v2': ([storage, offset, shape, strides]) =>
    makeView(storage, offset, shape, strides),
  // (data, requires_grad, hooks)
  'torch._utils._rebuild_parameter': ([data]) => {
    if (!(data instanceof TensorView)) throw damaged('a parameter is made of what is no tensor');
    return data;
  },
};

const globals: ReadonlyMap<string, PickleGlobal> = new Map<string, PickleGlobal>([
  ...Object.entries(functions).map(([name, call]) => [name, { name, call }] as const),
  ...Object.entries(storageTypes).map(([type, dtype]): [string, StorageType] => [
    `torch.${type}`,
    { name: `torch.${type}`, dtype },
  ]),
]);

/** How to read the pickle of a state dict. The storages that it names are noted in `storages`. */
export function stateDictOptions(storages: Map<string, Storage>): PickleOptions {
  return {
    globals,
    // ('storage', type, key, device, count), in the legacy stream with a view of that storage or None
    persistent(id) {
      const [kind, type, key, , count, view = null] = Array.isArray(id) ? (id as unknown[]) : [];
      if (kind !== 'storage' || !isStorageType(type) || typeof key !== 'string' || !isCount(count))
        throw damaged('a persistent id is no storage');
      if (view !== null) throw damaged('a storage is a view of another');
      const storage = storages.get(key) ?? { key, dtype: type.dtype, count };
      if (storage.dtype !== type.dtype || storage.count !== count) {
        throw damaged('a storage has two types or sizes');
      }
      storages.set(key, storage);
      return storage;
    },
  };
}

function isStorageType(value: unknown): value is StorageType {
  return typeof value === 'object' && value !== null && 'dtype' in value && 'name' in value;
}
