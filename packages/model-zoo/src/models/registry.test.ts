import '@tensorflow/tfjs-backend-cpu';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as zoo from '../index.js';
import { kerasModels } from '../testing/keras-models.js';
import { modelTable } from '../weights/model-table.js';
import { type ModelName, modelNames, zooModel } from './registry.js';

/** The files of families: the functions that they export make models. */
const families = readdirSync(import.meta.dirname).filter((file) => {
  if (file.endsWith('.test.ts') || file === 'create-model.ts') return false;
  return readFileSync(`${import.meta.dirname}/${file}`, 'utf8').includes('createModel(');
});

describe('modelNames', () => {
  it('has each model that a family exports, and no other', async () => {
    const modules = await Promise.all(
      families.map(async (file) => (await import(`./${file}`)) as object),
    );
    const functions = modules.flatMap((exported) =>
      Object.entries(exported).flatMap(([name, value]) =>
        typeof value === 'function' ? [name] : [],
      ),
    );
    expect(functions.sort()).toEqual(modelNames);
  });

  it('are exports of the package', () => {
    expect(Object.keys(zoo)).toEqual(expect.arrayContaining([...modelNames]));
  });
});

it.each(modelNames)('%s has the parameters of the table, in Keras and in the README', (name) => {
  const { parameters } = modelTable[name];
  const [documented] = kerasModels.filter(({ model }) => model === name);
  expect(documented?.built.parameters).toBe(parameters);
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const row = readme
    .split('\n')
    .find((line) => line.startsWith('|') && line.includes(`\`${name}\``));
  expect(row).toContain(` ${parameters.toLocaleString('en')}`);
});

describe('zooModel', () => {
  it('makes a model by its name', async () => {
    const options = { weights: null, includeTop: false, name: 'mine' };
    const model = await zooModel('mobileNetV2', options);
    expect(model.name).toBe('mine');
    expect(model.outputShape).toEqual([null, null, null, 1280]);
    model.dispose();
  });

  it('refuses a name that is none', async () => {
    await expect(zooModel('resNet' as ModelName)).rejects.toThrow(
      'name must be one of alexNet, denseNet121',
    );
  });
});
