// Files converted from one format to another and back, through the command itself.

import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeEach, describe, expect, it } from 'vitest';
import { arrayDataset } from '@graftjs/image-data';
import { loadResumable, saveModel } from '@graftjs/keras-format/node';
import { Adam } from '@graftjs/optimizers';
import { importTensorFlow } from '@graftjs/test-utils';
import { fit } from '@graftjs/training';
import { runCli } from '../program.js';
import { capturedOutput } from '../testing/captured-output.js';

describe.runIf(await importTensorFlow())('graft', () => {
  const { printed, failed } = capturedOutput();
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'graft-convert-'));
  });

  async function trainedFile(): Promise<string> {
    const model = layers.sequential({ name: 'tiny' });
    model.add(layers.layers.dense({ units: 2, inputShape: [3], name: 'only' }));
    const optimizer = new Adam();
    const data = arrayDataset({ xs: tf.ones([8, 3]), ys: tf.zeros([8, 2]), batchSize: 4 });
    await fit(model, data, { optimizer, loss: 'meanSquaredError', epochs: 2 });
    const file = join(folder, 'trained.keras');
    await saveModel(model, file, { optimizer, loss: 'meanSquaredError' });
    return file;
  }

  it('convert keeps weights and the state of the optimizer', async () => {
    const from = await trainedFile();
    const to = join(folder, 'again.h5');
    expect(await runCli(['convert', from, to, '--json'])).toBe(0);
    expect(JSON.parse(printed[0] as string)).toEqual({
      from,
      to,
      parameters: 8,
      optimizer: 'Adam',
    });
    const [before, after] = [await loadResumable(from), await loadResumable(to)];
    expect(after.optimizerState).toMatchObject({ name: 'Adam', iterations: 4 });
    expect(after.optimizerState?.slots).toEqual(before.optimizerState?.slots);
    const weights = (model: layers.LayersModel) =>
      model.getWeights().map((weight) => Array.from(weight.dataSync()));
    expect(weights(after.model)).toEqual(weights(before.model));
  });

  it('convert leaves the optimizer out when asked', async () => {
    const to = join(folder, 'plain.keras');
    expect(await runCli(['convert', '--no-optimizer', await trainedFile(), to])).toBe(0);
    expect((await loadResumable(to)).optimizerState).toBeUndefined();
  });

  it('inspect tells of the optimizer', async () => {
    expect(await runCli(['inspect', await trainedFile()])).toBe(0);
    expect(printed.join('\n')).toMatch(/only +│ Dense .*optimizer: Adam after 4 updates/s);
  });

  it('convert takes a model.json, and leaves the optimizer out of one', async () => {
    const [from, json, to] = [
      await trainedFile(),
      join(folder, 'model.json'),
      join(folder, 'b.h5'),
    ];
    expect(await runCli(['convert', from, json, '--json'])).toBe(0);
    expect(await runCli(['convert', json, to, '--json'])).toBe(0);
    expect(printed.map((line) => (JSON.parse(line) as { optimizer: unknown }).optimizer)).toEqual([
      null,
      null,
    ]);
    const models = [(await loadResumable(from)).model, (await loadResumable(to)).model];
    const [before, after] = models.map((model) =>
      model.getWeights().map((weight) => Array.from(weight.dataSync())),
    );
    expect(after).toEqual(before);
  });

  it('convert writes ONNX, without the optimizer', async () => {
    const to = join(folder, 'model.onnx');
    expect(await runCli(['convert', await trainedFile(), to, '--json'])).toBe(0);
    expect(JSON.parse(printed[0] as string)).toMatchObject({ parameters: 8, optimizer: null });
    // The format's version is the first field, and the names are text in it.
    const bytes = await readFile(to);
    expect([...bytes.subarray(0, 2)]).toEqual([8, 8]);
    expect(bytes.includes('Gemm')).toBe(true);
  });

  it('convert keeps the weights of a .onnx file in the format that is asked for, and of no other', async () => {
    const from = await trainedFile();
    const to = join(folder, 'small.onnx');
    expect(await runCli(['convert', from, to, '--weights', 'float16'])).toBe(0);
    expect((await readFile(to)).includes('float16')).toBe(true);
    const other = join(folder, 'other.keras');
    expect(await runCli(['convert', from, other, '--weights', 'int8'])).toBe(1);
    expect(failed.at(-1)).toBe(
      'graft: --weights must be left out but for a .onnx file. Received: "int8"',
    );
  });

  it('convert says which layer ONNX has no form for, and writes nothing', async () => {
    const model = layers.sequential({ name: 'words' });
    const shape = [null, null, null, 1] as unknown as number[];
    model.add(
      layers.layers.conv3d({ filters: 1, kernelSize: 2, inputShape: shape, name: 'reader' }),
    );
    const from = join(folder, 'words.keras');
    await saveModel(model, from);
    expect(await runCli(['convert', from, join(folder, 'words.onnx')])).toBe(1);
    expect(failed).toEqual([expect.stringMatching(/^graft: layer "reader" \(Conv3D.*\) cannot be exported: /)]); // prettier-ignore
    expect(await readdir(folder)).toEqual(['words.keras']);
  });

  it('convert refuses a file that holds no model', async () => {
    const from = await trainedFile();
    const weights = join(folder, 'trained.weights.h5');
    expect(await runCli(['convert', from, weights])).toBe(0);
    expect(await runCli(['convert', weights, join(folder, 'b.keras')])).toBe(1);
    expect(failed).toEqual([
      `graft: ${weights} holds weights and no model; only a model can be converted`,
    ]);
  });

  it.each([
    [['a.keras', 'b.pb'], /^graft: <out> must be the path of a .* file\. Received: ".*b\.pb"$/],
    [['none.keras', 'b.h5'], /none\.keras cannot be read: ENOENT/],
    [['a.keras', 'none/b.h5'], /path must be in a folder that exists\. Received: /],
  ])('convert %j fails with one line', async ([from, to], message) => {
    await trainedFile();
    const source = from === 'a.keras' ? 'trained.keras' : (from as string);
    const args = ['convert', join(folder, source), join(folder, to as string)];
    expect(await runCli(args)).toBe(1);
    expect(failed).toEqual([expect.stringMatching(message)]);
    expect(await readdir(folder)).toEqual(['trained.keras']);
  });
});
