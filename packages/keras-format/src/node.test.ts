// Models in files: what is there is replaced whole or not at all.

import '@tensorflow/tfjs-backend-cpu';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  loadContent,
  loadModel,
  loadResumable,
  loadWeights,
  saveModel,
  saveWeights,
} from './node.js';
import { writeH5 } from './write-h5.js';
import { writeKeras } from './write-keras.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graft-models-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

class Strange extends layers.Layer {
  static readonly className = 'Strange';
}
const small = () => sequential({ layers: [layers.dense({ units: 1, inputShape: [2] })] });

describe('saveModel and loadModel', () => {
  it.each(['model.h5', 'model.keras', 'MODEL.H5'])('keep a model as %s', async (name) => {
    const model = small();
    await saveModel(model, join(folder, name));
    const again = await loadModel(join(folder, name));
    expect(again.getWeights().map((w) => w.arraySync())).toEqual(
      model.getWeights().map((w) => w.arraySync()),
    );
    expect(await readdir(folder)).toEqual([name]);
  });

  it('keep a model as model.json with its weights beside it', async () => {
    const [model, path] = [small(), join(folder, 'model.json')];
    await saveModel(model, path);
    expect(await readdir(folder)).toHaveLength(2);
    const again = await loadModel(path);
    expect(again.getWeights()[0]?.arraySync()).toEqual(model.getWeights()[0]?.arraySync());
    await expect(saveModel(model, path, { loss: 'meanSquaredError' })).rejects.toThrow(
      'training must be left out for a .json file. Received: ["loss"]',
    );
    await expect(loadResumable(path)).rejects.toThrow('must be the path of a .keras or .h5 file');
  });

  it('leave the file that was there when a model cannot be written', async () => {
    const path = join(folder, 'model.h5');
    await writeFile(path, 'precious');
    const strange = new Strange({ name: 'strange', inputShape: [2] });
    await expect(saveModel(sequential({ layers: [strange] }), path)).rejects.toThrow(
      'layer "strange" (Strange) cannot be written: its class is not supported',
    );
    expect(await readFile(path, 'utf8')).toBe('precious');
    expect(await readdir(folder)).toEqual(['model.h5']);
  });

  it.each(['model.onnx', 'model.weights.h5', 'h5'])('refuse the path %s', async (name) => {
    const path = join(folder, name);
    const message = `path must be the path of a .keras, .h5 or .json file. Received: "${path}"`;
    await expect(saveModel(small(), path)).rejects.toThrow(message);
    await expect(loadModel(path)).rejects.toThrow(message);
  });

  it('make no folder', async () => {
    await expect(saveModel(small(), join(folder, 'missing', 'model.h5'))).rejects.toThrow(
      'path must be in a folder that exists',
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('name a file that is missing or broken', async () => {
    const path = join(folder, 'model.h5');
    await expect(loadModel(path)).rejects.toThrow(`${path} cannot be read: ENOENT`);
    await writeFile(path, 'text');
    await expect(loadModel(path)).rejects.toThrow(`${path} is not an HDF5 file`);
  });

  it('leave nothing when the file cannot take its place', async () => {
    const path = join(folder, 'model.h5');
    await mkdir(path);
    await expect(saveModel(small(), path)).rejects.toThrow(`${path} cannot be written: `);
    expect(await readdir(folder)).toEqual(['model.h5']);
  });
});

describe('loadContent', () => {
  it.each(['model.keras', 'model.h5', 'model.json'])('gives the model of %s', async (name) => {
    const [model, path] = [small(), join(folder, name)];
    await saveModel(model, path);
    const content = await loadContent(path);
    if (content.kind !== 'model') throw new Error('no model');
    expect(content.problem).toBeUndefined();
    expect(content.model.getWeights()[0]?.arraySync()).toEqual(model.getWeights()[0]?.arraySync());
  });

  it('gives the tensors of weights, and of a model that cannot be built', async () => {
    const path = join(folder, 'model.weights.h5');
    await saveWeights(small(), path);
    const content = await loadContent(path);
    expect(content).toMatchObject({ kind: 'tensors' });
    const config = { name: 'm', layers: [{ class_name: 'Strange', config: { name: 'a' } }] };
    const array = { name: 'a/kernel', shape: [2], data: Float32Array.of(1, 2) };
    const stored = {
      topology: { class_name: 'Sequential', config },
      weights: new Map([['a', [array]]]),
    };
    const writers = [
      ['strange.keras', writeKeras, 'a/0'],
      ['strange.h5', writeH5, 'a/kernel'],
    ] as const;
    for (const [name, write, weight] of writers) {
      const strange = join(folder, name);
      await writeFile(strange, await write(stored));
      expect(await loadContent(strange)).toEqual({
        kind: 'tensors',
        tensors: new Map([[weight, { shape: [2], dtype: 'float32', data: array.data }]]),
        problem: `layer "a" (Strange) in ${strange} is not supported`,
      });
    }
  });

  it('names the file in every complaint', async () => {
    for (const name of ['a.keras', 'a.h5', 'a.json', 'a.safetensors', 'a.pt', 'a.pth', 'a.bin']) {
      const path = join(folder, name);
      await writeFile(path, 'text');
      await expect(loadContent(path)).rejects.toThrow(path);
    }
    await expect(loadContent(join(folder, 'a.txt'))).rejects.toThrow(
      'path must be the path of a file that ends in .keras, .h5, .json, ',
    );
  });
});

describe('saveWeights and loadWeights', () => {
  it('keep weights', async () => {
    const [model, other] = [small(), small()];
    const path = join(folder, 'model.weights.h5');
    await saveWeights(model, path);
    const report = await loadWeights(other, path);
    expect(report.loaded).toHaveLength(2);
    expect(other.getWeights()[0]?.arraySync()).toEqual(model.getWeights()[0]?.arraySync());
  });

  it('refuse other paths', async () => {
    const path = join(folder, 'model.h5');
    await expect(saveWeights(small(), path)).rejects.toThrow(
      `path must be the path of a .weights.h5 file. Received: "${path}"`,
    );
    await expect(loadWeights(small(), path)).rejects.toThrow(`${path} cannot be read: ENOENT`);
  });
});
