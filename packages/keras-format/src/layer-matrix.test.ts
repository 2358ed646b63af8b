// Every layer that can be read and written, in models of Keras: what they compute here, their gradients, the way back.

import '@tensorflow/tfjs-backend-cpu';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  addN,
  dispose,
  mul,
  sum,
  type Tensor,
  tensor,
  tidy,
  util,
  type Variable,
  variable,
  variableGrads,
  type Scalar,
  zeros,
} from '@tensorflow/tfjs-core';
import { LayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPython } from '../../../reference/find-python.mjs';
import { buildModel } from './build-model.js';
import {
  loadWeightsFromH5,
  modelFromH5,
  modelFromKeras,
  modelToH5,
  modelToKeras,
  weightsToH5,
} from './index.js';
import { innerLayersOf } from './inner-layers-of.js';
import type { NamedArray } from './keras-model.js';
import { type Layer, layerClasses } from './layers/index.js';

interface Described {
  shape: number[];
  values: number[];
}

interface Case {
  /** `Class` or `Class: variant` */
  name: string;
  topology: unknown;
  weights: Record<string, (Described & { name: string })[]>;
  inputs: Described[];
  outputs: Described[];
  training: boolean;
  weightGradients: (Described & { name: string })[];
  inputGradients: (Described | null)[];
  states: (Described & { name: string })[];
}

const folder = new URL('../../../reference/fixtures/layer-matrix/', import.meta.url);
const cases = readdirSync(folder).flatMap(
  (file) => (JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { cases: Case[] }).cases,
);
const classOf = ({ name }: Case) => name.split(':')[0] as string;

function modelOf({ name, topology, weights }: Case): LayersModel {
  const arrays = Object.entries(weights).map(([layer, list]): [string, NamedArray[]] => [
    layer,
    list.map(({ values, ...rest }) => ({ ...rest, data: Float32Array.from(values) })),
  ]);
  return buildModel({ topology, weights: new Map(arrays) }, name);
}

const numbers = (x: Tensor) => Array.from(x.dataSync());
const listed = <T>(value: T | T[]) => (Array.isArray(value) ? value : [value]);
const tensorsOf = (list: Described[]) => list.map(({ values, shape }) => tensor(values, shape));

function predict(model: LayersModel, { inputs }: Case): number[][] {
  return tidy(() => {
    const xs = tensorsOf(inputs);
    return listed(model.predict(xs.length === 1 ? (xs[0] as Tensor) : xs)).map(numbers);
  });
}

/** The largest error, relative to the largest of the expected values. */
function error(received: readonly number[] | undefined, expected: readonly number[]): number {
  expect(received).toHaveLength(expected.length);
  const scale = Math.max(1e-6, ...expected.map(Math.abs));
  return Math.max(
    0,
    ...expected.map((value, i) => Math.abs(value - (received?.[i] ?? NaN)) / scale),
  );
}

/** What the loss multiplies an output by, value by value, before it sums. */
function factors(shape: number[]): Tensor {
  const values = Array.from(
    { length: util.sizeFromShape(shape) },
    (_, i) => (((i * 7) % 11) - 5) / 4,
  );
  return tensor(values, shape);
}

function gradients(model: LayersModel, { inputs, training, inputGradients }: Case) {
  const xs = tensorsOf(inputs).map((x) => variable(x));
  // Indices are no variables: tfjs cannot differentiate by them.
  const watched = xs.filter((_, i) => inputGradients[i] !== null);
  const ofWeights = model.trainableWeights.map((weight) => weight.read() as Variable);
  const { value, grads } = variableGrads(() => {
    const ys = listed(model.apply(xs.length === 1 ? (xs[0] as Tensor) : xs, { training }));
    return addN((ys as Tensor[]).map((y) => sum(mul(y, factors(y.shape))))) as Scalar;
  }, [...watched, ...ofWeights]);
  const read = (list: Variable[]) => list.map(({ name }) => numbers(grads[name] as Tensor));
  const result = { byInput: read(watched), byWeight: read(ofWeights) };
  dispose([value, grads, xs]);
  return result;
}

describe.each(cases)('$name', (each) => {
  it('computes what Keras computes', () => {
    const model = modelOf(each);
    const outputs = predict(model, each);
    for (const [i, { values }] of each.outputs.entries()) {
      expect(error(outputs[i], values)).toBeLessThan(1e-5);
    }
    model.dispose();
  });

  it('has the gradients that Keras has, and moves what training moves', () => {
    const model = modelOf(each);
    const { byInput, byWeight } = gradients(model, each);
    for (const [i, gradient] of each.inputGradients.entries()) {
      if (gradient) expect(error(byInput[i], gradient.values)).toBeLessThan(1e-4);
    }
    expect(byWeight).toHaveLength(each.weightGradients.length);
    const largest = Math.max(...each.weightGradients.flatMap(({ values }) => values).map(Math.abs));
    for (const [i, { name, values }] of each.weightGradients.entries()) {
      // Some are zero but for rounding: a key's bias changes no share of attention.
      const isZero = Math.max(...values.map(Math.abs)) < 1e-5 * largest;
      if (isZero)
        expect(Math.max(...(byWeight[i] ?? []).map(Math.abs))).toBeLessThan(1e-5 * largest);
      else expect(error(byWeight[i], values), name).toBeLessThan(1e-4);
    }
    const states = model.nonTrainableWeights.map((weight) => numbers(weight.read()));
    for (const [i, { name, values }] of each.states.entries()) {
      expect(error(states[i], values), name).toBeLessThan(1e-5);
    }
    model.dispose();
  });

  it('is the same after trips through files', async () => {
    const model = modelOf(each);
    const copies = [
      await modelFromH5(await modelToH5(model)),
      await modelFromKeras(await modelToKeras(model)),
    ];
    for (const again of copies) {
      expect(predict(again, each)).toEqual(predict(model, each));
      expect(again.trainableWeights).toHaveLength(model.trainableWeights.length);
      again.dispose();
    }
    model.dispose();
  });
});

const { python, missing } = findPython();
// The usual reporter says nothing of what is skipped.
if (missing) console.warn(`Written layers are not checked in Keras: ${missing}`);
describe.skipIf(missing)(
  'what is written here, in Keras, and what Keras writes of it, here',
  () => {
    const written = cases.map((each, index) => ({ ...each, file: `case_${index}` }));
    let output = '';
    /** What Keras is to write of what it reads in a format. */
    const saves = { h5: [], keras: ['.keras'], weights: ['.weights.h5'] };
    const place = (name: string) => join(output, name);
    const bytesOf = async (name: string) => new Uint8Array(await readFile(place(name)));
    beforeAll(async () => {
      output = await mkdtemp(join(tmpdir(), 'graft-layer-matrix-'));
      for (const each of written) {
        const model = modelOf(each);
        await writeFile(place(`${each.file}-h5.h5`), await modelToH5(model));
        await writeFile(place(`${each.file}-keras.keras`), await modelToKeras(model));
        await writeFile(place(`${each.file}-weights.keras`), await modelToKeras(model));
        await writeFile(place(`${each.file}-weights.weights.h5`), await weightsToH5(model));
        model.dispose();
        const { inputs } = each;
        for (const [format, save] of Object.entries(saves)) {
          await writeFile(place(`${each.file}-${format}.json`), JSON.stringify({ inputs, save }));
        }
      }
      const script = fileURLToPath(new URL('../../../reference/predict.py', import.meta.url));
      await promisify(execFile)(python ?? '', [script, output]);
    }, 240_000);
    afterAll(() => rm(output, { recursive: true, force: true }));

    it.each(written)('$name, from each format', async (each) => {
      for (const format of Object.keys(saves)) {
        const text = await readFile(place(`${each.file}-${format}.keras.json`), 'utf8');
        const { outputs } = JSON.parse(text) as { outputs: Described[] };
        for (const [i, { values }] of each.outputs.entries()) {
          expect(error(outputs[i]?.values, values), format).toBeLessThan(1e-5);
        }
      }
    });

    it.each(written)('$name as Keras saves it', async (each) => {
      const saved = await modelFromKeras(await bytesOf(`${each.file}-keras.saved.keras`));
      const loaded = modelOf(each);
      for (const weight of loaded.weights)
        weight.write(zeros(weight.shape as number[], weight.dtype as 'float32'));
      await loadWeightsFromH5(loaded, await bytesOf(`${each.file}-weights.saved.weights.h5`));
      for (const model of [saved, loaded]) {
        const outputs = predict(model, each);
        for (const [i, { values }] of each.outputs.entries()) {
          expect(error(outputs[i], values)).toBeLessThan(1e-5);
        }
        model.dispose();
      }
    });
  },
);

it('has a case of every layer that can be read', () => {
  const covered = new Set(cases.map(classOf));
  expect(Object.keys(layerClasses).filter((name) => !covered.has(name))).toEqual([]);
});

/** The layers of the README: Keras's class, the classes that are made of it here, what else is tested. */
function table(): string {
  const rows = Object.keys(layerClasses).map((name) => {
    const own = cases.filter((each) => classOf(each) === name);
    const made = new Set(own.map((each) => classMade(name, each)));
    const variants = own.flatMap((each) => each.name.split(': ')[1] ?? []);
    return [name, [...made].join(', '), variants.join(', ')];
  });
  const header = ['Keras', 'here', 'also tested'];
  const widths = header.map((_, i) => Math.max(...[header, ...rows].map((row) => row[i]!.length)));
  const line = (row: string[]) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join(
    '\n',
  );
}

function classMade(kerasName: string, each: Case): string {
  const model = modelOf(each);
  const within = (layer: Layer): Layer[] => [
    layer,
    ...(layer instanceof LayersModel ? layer.layers : []).flatMap(within),
    ...innerLayersOf(layer).flatMap((inner) => within(inner.layer)),
  ];
  const names = model.layers.flatMap(within).map((layer) => layer.getClassName());
  model.dispose();
  return names.find((name) => name === kerasName || name === `Graft${kerasName}`) as string;
}

it('is what the README lists (GRAFT_UPDATE=1 writes it anew)', () => {
  const readme = new URL('../README.md', import.meta.url);
  const text = readFileSync(readme, 'utf8');
  const [before, , after] = text.split(/^<!-- layers -->$/m) as [string, string, string];
  const current = `${before}<!-- layers -->\n\n${table()}\n\n<!-- layers -->${after}`;
  if (process.env.GRAFT_UPDATE) writeFileSync(readme, current);
  else expect(text).toBe(current);
});
