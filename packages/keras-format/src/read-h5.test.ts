// Bytes that are no whole-model file of Keras 3 get one clear line; odd but honest ones are read.

import type { Group } from 'h5wasm';
import { describe, expect, it } from 'vitest';
import { writeHdf5 } from './hdf5.js';
import { readH5 } from './read-h5.js';
import { writeStringList } from './string-lists.js';
import { writeH5 } from './write-h5.js';

const read = (bytes: Uint8Array) => readH5(bytes, 'x.h5');

/** A file whose only layer, `dense`, has the weights that `fill` makes. */
function fileWith(names: string[], fill: (layer: Group) => void): Promise<Uint8Array> {
  return writeHdf5((root) => {
    root.create_attribute('model_config', '{}');
    const weights = root.create_group('model_weights');
    writeStringList(weights, 'layer_names', ['dense']);
    const layer = weights.create_group('dense');
    writeStringList(layer, 'weight_names', names);
    fill(layer);
  });
}

describe('readH5', () => {
  it('reads what writeH5 wrote', async () => {
    const model = {
      topology: { class_name: 'Sequential', config: { name: 'é'.repeat(70_000) } },
      weights: new Map([
        ['dense', [{ name: 'outer/dense/kernel', shape: [1, 2], data: Float32Array.of(1, 2) }]],
        ['schön', [{ name: 'schön/scalar', shape: [], data: Float32Array.of(3) }]],
        ['empty', [{ name: 'empty/kernel', shape: [0, 2], data: new Float32Array(0) }]],
        ['none', []],
      ]),
    };
    expect(await read(await writeH5(model))).toEqual(model);
  });

  it('reads float64 as float32', async () => {
    const bytes = await fileWith(['k'], (layer) => {
      layer.create_dataset({ name: 'k', data: Float64Array.of(0.1, 2), shape: [2], dtype: '<d' });
    });
    const { weights } = await read(bytes);
    expect(weights.get('dense')).toEqual([
      { name: 'k', shape: [2], data: Float32Array.of(0.1, 2) },
    ]);
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['some text', new TextEncoder().encode('PK and not HDF5'.repeat(100))],
  ])('refuses %s', async (_, bytes) => {
    await expect(read(bytes)).rejects.toThrow(/^x\.h5 is not an HDF5 file$/);
  });

  it('refuses a truncated file', async () => {
    const bytes = await writeH5({ topology: {}, weights: new Map() });
    await expect(read(bytes.subarray(0, -100))).rejects.toThrow(/^x\.h5 is truncated$/);
  });

  it('refuses a file whose inside is overwritten', async () => {
    const bytes = await fileWith(['k'], (layer) => {
      layer.create_dataset({ name: 'k', data: new Float32Array(100), shape: [100], dtype: '<f' });
    });
    bytes.fill(255, 96, bytes.length - 8);
    await expect(read(bytes)).rejects.toThrow(/^x\.h5 is damaged: .+/);
  });

  it('refuses a file of weights only', async () => {
    const bytes = await writeHdf5((root) => writeStringList(root, 'layer_names', []));
    await expect(read(bytes)).rejects.toThrow(/^x\.h5 holds no model_config: .*weights only$/);
  });

  it('refuses a file without weights', async () => {
    const bytes = await writeHdf5((root) => root.create_attribute('model_config', '{}'));
    await expect(read(bytes)).rejects.toThrow('x.h5 holds no model_weights');
  });

  it.each(['{"rate": NaN}', '{"rate": Infinity}', '{"rate"', ''])(
    'refuses the model_config %s',
    async (config) => {
      const bytes = await writeHdf5((root) => root.create_attribute('model_config', config));
      await expect(read(bytes)).rejects.toThrow('the model_config of x.h5 is not valid JSON');
    },
  );

  it('refuses a weight that is named and not there', async () => {
    const bytes = await fileWith(['k'], () => undefined);
    await expect(read(bytes)).rejects.toThrow('the weight "k" of layer "dense" in x.h5 is missing');
  });

  it('reads whole numbers as float32', async () => {
    const bytes = await fileWith(['k', 'n'], (layer) => {
      layer.create_dataset({ name: 'k', data: Int32Array.of(1, -2), shape: [2], dtype: '<i' });
      layer.create_dataset({ name: 'n', data: BigInt64Array.of(3n), shape: [], dtype: '<q' });
    });
    const { weights } = await read(bytes);
    expect(weights.get('dense')?.map(({ data }) => data)).toEqual([
      Float32Array.of(1, -2),
      Float32Array.of(3),
    ]);
  });

  it('refuses weights of text', async () => {
    const bytes = await fileWith(['k'], (layer) => {
      layer.create_dataset({ name: 'k', data: ['a'], shape: [1], dtype: 'S1' });
    });
    await expect(read(bytes)).rejects.toThrow('must hold float32 or float64. Received: S1');
  });

  it.each([{}, { compression: 'gzip' as const }])(
    'refuses a small file that promises much: %o',
    async (options) => {
      const bytes = await fileWith(['k'], (layer) => {
        const some = { data: new Float32Array(4), shape: [4], maxshape: [null], chunks: [4] };
        layer.create_dataset({ name: 'k', dtype: '<f', ...some, ...options }).resize([1e9]);
      });
      expect(bytes.length).toBeLessThan(20_000);
      await expect(read(bytes)).rejects.toThrow('would take more bytes than the file has');
    },
  );
});
