// The tensors of an .h5 file of Keras's that holds weights alone, by name and without a model. Knows no tfjs.

import { GraftError } from '@graftjs/core';
import type { Group } from 'h5wasm';
import { type ByteSource, sourceOf } from './byte-source.js';
import { ArrayReader, isGroup } from './datasets.js';
import { readHdf5 } from './hdf5.js';
import type { LayerWeights, NamedArray } from './keras-model.js';
import { inOneLine } from './one-line.js';
import { readLayers } from './read-h5.js';
import type { ReadOptions } from './read-model.js';
import type { StoredTensor } from './safetensors/stored-tensor.js';
import { readStringList } from './string-lists.js';

/** More folders than these are made by nobody in earnest; a folder may hold itself. */
const mostFolders = 100_000;
const deepest = 64;

export type Tensors = ReadonlyMap<string, StoredTensor>;

/**
 * The tensors of a `.weights.h5` file of Keras 3, of one of weights alone of Keras 2, or of a whole model, as float32. In
 * the first they are named by their places, `layers/dense/vars/0` and `optimizer/vars/0`, in the others `dense/kernel`.
 *
 * @throws GraftError when the bytes are no such file
 * @example
 * const tensors = await readH5Tensors(bytes);
 * tensors.get('layers/dense/vars/0'); // { shape: [784, 10], dtype: 'float32', data: Float32Array }
 */
export function readH5Tensors(
  bytes: Uint8Array | ByteSource,
  { name = 'the file' }: ReadOptions = {},
): Promise<Tensors> {
  return inOneLine(async () => {
    const source = sourceOf(bytes);
    return readHdf5(source, name, (root) => tensorsIn(root, source, name));
  });
}

/** The tensors of an open file. */
export function tensorsIn(root: Group, source: ByteSource, fileName: string): Tensors {
  const reader = new ArrayReader(fileName, source.size);
  const group = root.get('model_weights');
  const listed = readStringList(root, 'layer_names') ? root : isGroup(group) ? group : undefined;
  if (listed) return tensorsOf(readLayers(listed, reader));
  const collector = new Collector(root, reader);
  for (const folder of ['layers', 'vars', 'optimizer']) collector.visit(folder, 0);
  const { tensors } = collector;
  if (tensors.size === 0) throw new GraftError(`${fileName} holds no weights of a Keras model`);
  return tensors;
}

/** The weights of layers under the names of both. */
export function tensorsOf(weights: LayerWeights): Tensors {
  const named = [...weights].flatMap(([layer, arrays]) =>
    arrays.map((array) => {
      const isFull = array.name.split('/').includes(layer);
      return [isFull ? array.name : `${layer}/${array.name}`, tensorOf(array)] as const;
    }),
  );
  return new Map(named);
}

class Collector {
  readonly tensors = new Map<string, StoredTensor>();
  private folders = 0;

  constructor(
    private readonly root: Group,
    private readonly reader: ArrayReader,
  ) {}

  visit(path: string, depth: number): void {
    const entity = this.root.get(path);
    if (!isGroup(entity)) return;
    this.folders += 1;
    if (depth > deepest || this.folders > mostFolders) {
      const { fileName } = this.reader;
      throw new GraftError(`${fileName} has more folders, or nests them deeper, than any model`);
    }
    const holdsArrays = path.split('/').at(-1) === 'vars';
    for (const name of byNumber(entity.keys())) {
      const at = `${path}/${name}`;
      if (!holdsArrays) this.visit(at, depth + 1);
      else {
        this.tensors.set(at, tensorOf(this.reader.read(this.root, at, at, `the weight "${at}"`)));
      }
    }
  }
}

/** HDF5 lists 10 before 2. */
function byNumber(names: readonly string[]): string[] {
  return [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

function tensorOf({ shape, data }: NamedArray): StoredTensor {
  return { shape, dtype: 'float32', data };
}
