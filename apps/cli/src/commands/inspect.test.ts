// Files of every format that is read, through the command itself.

import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel, saveModel, saveWeights } from '@graftjs/keras-format/node';
import { SGD } from '@graftjs/optimizers';
import { importTensorFlow } from '@graftjs/test-utils';
import { runCli } from '../program.js';
import { capturedOutput } from '../testing/captured-output.js';

const reference = fileURLToPath(new URL('../../../../reference/', import.meta.url));

describe.runIf(await importTensorFlow())('graft inspect', () => {
  const { printed, failed } = capturedOutput();
  let folder: string;
  const file = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'graft-inspect-'));
    const model = layers.sequential({ name: 'tiny' });
    model.add(layers.layers.dense({ units: 2, inputShape: [3], name: 'only' }));
    const optimizer = new SGD({ momentum: 0.9 });
    for (const name of ['model.keras', 'model.h5']) {
      await saveModel(model, file(name), { optimizer, loss: 'meanSquaredError' });
    }
    await saveModel(model, file('model.json'));
    await saveWeights(model, file('model.weights.h5'), { optimizer });
  });

  async function inspect(path: string): Promise<Record<string, unknown>> {
    expect(await runCli(['inspect', path, '--json'])).toBe(0);
    return JSON.parse(printed[0] as string) as Record<string, unknown>;
  }

  it.each([
    ['model.keras', { name: 'SGD', iterations: 0 }],
    ['model.h5', { name: 'SGD', iterations: 0 }],
    ['model.json', null],
  ])('tells of the model in %s', async (name, optimizer) => {
    expect(await inspect(file(name))).toMatchObject({
      ...{ name: 'tiny', parameters: 8, optimizer },
      layers: [{ path: 'only', outputShape: [null, 2], weights: [{ shape: [3, 2] }, {}] }],
    });
  });

  it('tells of the tensors in .weights.h5, the optimizer’s apart', async () => {
    const facts = await inspect(file('model.weights.h5'));
    expect(facts).toMatchObject({ parameters: 8, optimizer: { iterations: 0 } });
    expect((facts.tensors as { name: string }[]).map(({ name }) => name)).toEqual([
      ...['layers/dense/vars/0', 'layers/dense/vars/1'],
      ...[0, 1, 2, 3].map((i) => `optimizer/vars/${i}`),
    ]);
    printed.length = 0;
    expect(await runCli(['inspect', file('model.weights.h5')])).toBe(0);
    expect(printed[0]).toMatch(/layers\/dense\/vars\/0 +│ 3×2 +│ float32 +│ +6 │ -?\d.* ± /);
    expect(printed[0]).toMatch(/8 parameters\noptimizer: its state after 0 updates$/);
  });

  it.each([
    ['keras2/fixtures/cnn-weights.h5', 'conv/kernel:0', [3, 3, 3, 5]],
    ['fixtures/keras-files/nested-older-weights.h5', 'shared/a/kernel', [6, 6]],
    ['torch/fixtures/plain.safetensors', 'float32', [3, 4]],
    ['torch/fixtures/zip.pt', 'plain.float32', [3, 4]],
    ['torch/fixtures/legacy.pt', 'plain.float32', [3, 4]],
  ])('tells of the tensors in %s', async (path, name, shape) => {
    const { tensors, parameters } = await inspect(reference + path);
    const all = tensors as { name: string; shape: number[]; mean: number }[];
    const sizes = all.map(({ shape: lengths }) => lengths.reduce((a, b) => a * b, 1));
    expect(parameters).toBe(sizes.reduce((a, b) => a + b, 0));
    expect(all.find((each) => each.name === name)?.shape).toEqual(shape);
  });

  it('shows the weights of a model that cannot be built, and why', async () => {
    const model = await loadModel(file('model.keras'));
    const bytes = await import('@graftjs/keras-format').then(({ modelToH5 }) => modelToH5(model));
    const text = Buffer.from(bytes).toString('latin1').replaceAll('"Dense"', '"Dance"');
    await writeFile(file('dance.h5'), Buffer.from(text, 'latin1'));
    const facts = await inspect(file('dance.h5'));
    expect(facts).toMatchObject({
      modelProblem: `layer "only" (Dance) in ${file('dance.h5')} is not supported`,
      parameters: 8,
    });
  });

  it('shows a model whose optimizer is not supported, and why', async () => {
    const bytes = await import('@graftjs/keras-format').then(async ({ modelToH5 }) =>
      modelToH5(await loadModel(file('model.keras')), { optimizer: new SGD() }),
    );
    const text = Buffer.from(bytes).toString('latin1').replaceAll('"SGD"', '"SGG"');
    await writeFile(file('strange.h5'), Buffer.from(text, 'latin1'));
    const { optimizerProblem, layers: list } = await inspect(file('strange.h5'));
    expect(optimizerProblem).toMatch(/strange\.h5 is of class SGG, whose state is not supported/);
    expect(list).toMatchObject([{ path: 'only' }]);
  });

  it.each([
    ['none.keras', /none\.keras cannot be read: ENOENT/],
    ['model.onnx', /path must be the path of a file that ends in \.keras, .*\.ckpt\. Received: /],
    ['empty.safetensors', /empty\.safetensors: the safetensors file cannot be read: /],
    ['empty.ckpt', /empty\.ckpt: the torch checkpoint cannot be read: /],
  ])('fails with one line: %s', async (name, message) => {
    if (name.startsWith('empty')) await writeFile(file(name), '');
    expect(await runCli(['inspect', file(name)])).toBe(1);
    expect(failed).toEqual([expect.stringMatching(message)]);
  });
});
