// torch checkpoints in: what torch.save wrote of a state dict, as plain data.

import { sizeOf, type StoredTensor } from '../safetensors/stored-tensor.js';
import { damaged } from './damaged.js';
import { flatten } from './flatten.js';
import { isLegacyStream, readLegacyStream } from './legacy-stream.js';
import { Allowance, readView } from './tensor-view.js';
import { isZip, readZipArchive, type Checkpoint } from './zip-archive.js';

/**
 * The tensors of a checkpoint that `torch.save` wrote, in the zip form or in the stream from before torch 1.6.
 *
 * A state dict may stand by itself or within dictionaries and lists, next to an optimizer's: names are keys joined by
 * dots (`optimizer.state.0.exp_avg`), and what is no tensor is left out. Nothing in the file is executed: it is refused
 * where it asks for more of Python than tensors, parameters, storages and OrderedDict, as a whole pickled module does.
 *
 * @throws GraftError for such a file, one that is truncated or damaged, and one without tensors
 * @example
 * const tensors = readTorchCheckpoint(new Uint8Array(await file.arrayBuffer()));
 * tensors.get('fc.weight'); // { shape: [1000, 512], dtype: 'float32', data: Float32Array }
 */
export function readTorchCheckpoint(bytes: Uint8Array): ReadonlyMap<string, StoredTensor> {
  const { value, bytesOf } = open(bytes);
  const allowance = new Allowance(bytes.length);
  const tensors = new Map<string, StoredTensor>();
  for (const [name, view] of flatten(value)) {
    const { dtype, count } = view.storage;
    const content = bytesOf(view.storage);
    if (content.length !== count * sizeOf(dtype)) throw damaged('a storage has two sizes');
    tensors.set(name, readView(view, content, allowance));
  }
  if (tensors.size === 0 || tensors.has('')) throw damaged('it holds no state dict');
  return tensors;
}

function open(bytes: Uint8Array): Checkpoint {
  if (isZip(bytes)) return readZipArchive(bytes);
  if (isLegacyStream(bytes)) return readLegacyStream(bytes);
  throw damaged('it is no zip file and no pickle');
}
