// What graft train makes of its options and leaves in the folder of a run, with a network that takes no time.

import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadModel, saveModel } from '@graftjs/keras-format/node';
import { importTensorFlow } from '@graftjs/test-utils';
import { runCli } from '../program.js';
import { capturedOutput } from '../testing/captured-output.js';
import { writeColourPhotos, writeSmallModel } from '../testing/colour-photos.js';

const reason = (await importTensorFlow()) ? undefined : 'TensorFlow is not installed';

let folder: string;
const path = (...parts: string[]) => join(folder, ...parts);

afterEach(() => void vi.restoreAllMocks());

const { printed, failed } = capturedOutput();

describe.skipIf(reason)(`a run of graft train${reason ? ` (skipped: ${reason})` : ''}`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'graft-run-'));
    await tf.setBackend('tensorflow');
    await writeColourPhotos(path('photos'));
    await writeSmallModel(path('small.h5'));
    vi.stubEnv('GRAFT_CACHE', path('cache'));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  interface Result {
    accuracy: number;
    phases: { phase: string; logs: Record<string, number[]> }[];
    files: string[];
  }

  const small = () => ['--model', path('small.h5'), '--rate', '0.1'];

  async function train(...args: string[]): Promise<Result> {
    printed.length = 0;
    expect([await runCli(['train', ...args, '--json']), ...failed]).toEqual([0]);
    return JSON.parse(printed.join('')) as Result;
  }

  it('keeps config, history, models, classes and a report', async () => {
    const { accuracy } = await train(path('photos'), ...small(), '--out', path('kept.h5'));
    expect(accuracy).toBe(1);
    const files = (await readdir(path('kept.run'))).sort();
    expect(files).toEqual([
      ...['best.h5', 'class-indices.json', 'config.yaml', 'history.csv', 'history.json'],
      ...['last.h5', 'report.html'],
    ]);
    const read = (name: string) => readFile(path('kept.run', name), 'utf8');
    expect(JSON.parse(await read('class-indices.json'))).toEqual({ blue: 0, '빨강 red': 1 });
    const lines = (await read('history.csv')).trimEnd().split('\n');
    expect(lines[0]).toBe('epoch,phase,loss,accuracy,val_loss,val_accuracy,learning_rate');
    expect(lines).toHaveLength(31);
    const history = JSON.parse(await read('history.json')) as Pick<Result, 'phases'>;
    const [{ phase, logs }] = history.phases as [Result['phases'][number]];
    expect(phase).toBe('head');
    expect(lines[30]?.split(',').slice(2).map(Number)).toEqual(
      Object.values(logs).map((values) => values[29]),
    );
    // A cosine down to 0.
    expect(logs['learning_rate']![0]).toBeCloseTo(0.1, 9);
    expect(logs['learning_rate']![29]).toBeLessThan(1e-3);

    const of = (name: string) => lossOf(path('kept.run', name));
    const losses = [await of('best.h5'), await of('last.h5')];
    expect(losses[1]).toBeCloseTo(logs['val_loss']![29]!, 5);
    expect(losses[0]).toBeCloseTo(Math.min(...logs['val_loss']!), 5);
  });

  /** Of the two validation photos of that run: one of each class, as the split by seed 0 has it. */
  async function lossOf(file: string): Promise<number> {
    const html = await readFile(path('kept.run', 'report.html'), 'utf8');
    const names = [...html.matchAll(/class="file">([^<]+)</g)].map(([, name]) => name!);
    const model = await loadModel(file);
    expect(model.inputs[0]?.shape).toEqual([null, 8, 8, 3]);
    printed.length = 0;
    const classes = [...html.matchAll(/alt="([^"]+)"/g)].map(([, name]) => name!);
    const photos = names.map((name, i) => path('photos', classes[i]!, name));
    const labels = path('kept.labels.txt');
    expect(await runCli(['predict', file, ...photos, '--labels', labels, '--json'])).toBe(0);
    const { answers } = JSON.parse(printed.join('')) as {
      answers: { classes: { label: string; probability: number }[] }[];
    };
    const losses = answers.map(
      (answer, i) =>
        -Math.log(answer.classes.find(({ label }) => label === classes[i])!.probability),
    );
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  }

  it('writes a report that needs no network and no script, and shows photos and curves', async () => {
    await train(path('photos'), ...small(), '--out', path('shown.h5'));
    const html = await readFile(path('shown.run/report.html'), 'utf8');
    expect(html).not.toMatch(/<script|<link|https?:\/\/(?!www\.w3\.org)|NaN|undefined/);
    // Curves, and what there is to say of the probabilities.
    expect(html.match(/<svg /g)).toHaveLength(2);
    expect(html.match(/<img src="data:image\/jpeg;base64,/g)).toHaveLength(2);
    expect(html).toContain('<title>blue, 빨강 red</title>');
    expect(html).toContain('Accuracy 100.0 % of 2 validation photos');
  });

  it('goes by a config, which it writes itself, and the command line before it', async () => {
    await writeFile(
      path('run.yaml'),
      `folder: ${path('photos')}\nmodel: ${path('small.h5')}\nepochs: 4\noptimizer: sgd:momentum=0.5\n` +
        `schedule: {schedule: oneCycle, startFactor: 0.5}\nrate: 0.2\nhidden: 4\n`,
    );
    const given = ['--config', path('run.yaml'), '--out', path('config.h5')];
    const first = await train(...given, '--epochs', '3');
    const rates = first.phases[0]!.logs['learning_rate']!;
    expect(rates).toHaveLength(3);
    expect(rates[0]).toBeCloseTo(0.1, 9);
    const model = await loadModel(path('config.h5'));
    expect(model.layers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['conv', 'head_dense', 'head_dropout', 'predictions']),
    );
    const again = await train(
      '--config',
      path('config.run/config.yaml'),
      '--out',
      path('again.h5'),
    );
    expect(again.phases).toEqual(first.phases);
  });

  it('goes by a preset, after a config', async () => {
    await writeFile(path('preset.yaml'), 'epochs: 3\ndropout: 0');
    const args = ['--preset', 'lesson', '--config', path('preset.yaml'), ...small()];
    const { phases } = await train(path('photos'), ...args, '--out', path('preset.h5'));
    expect(phases[0]?.logs['loss']).toHaveLength(3);
    const config = await readFile(path('preset.run/config.yaml'), 'utf8');
    for (const line of ['hidden: 64', 'batch-size: 64', 'dropout: 0', 'epochs: 3'])
      expect(config).toContain(`${line}\n`);
  });

  it('fine-tunes the network, and shows what augmentation makes of photos', async () => {
    const args = [...small(), '--augment', 'flip:rotationRange=10', '--variants', '2'];
    const { phases, accuracy } = await train(
      ...[path('photos'), ...args, '--epochs', '4', '--fine-tune', '2', '--out', path('fine.h5')],
    );
    expect(phases.map(({ phase, logs }) => [phase, logs['loss']?.length])).toEqual([
      ['head', 4],
      ['fine-tuning', 2],
    ]);
    expect(accuracy).toBe(1);
    const kernel = async (file: string) => [
      ...(await loadModel(path(file))).getLayer('conv').getWeights()[0]!.dataSync(),
    ];
    expect(await kernel('fine.h5')).not.toEqual(await kernel('small.h5'));
    const html = await readFile(path('fine.run/report.html'), 'utf8');
    expect(html).toContain('Fine-tuning the network');
    // Three photos and five variants of each, beside those of the highest losses.
    expect(html.match(/alt="variant"/g)).toHaveLength(15);
    expect(await readdir(path('fine.run'))).not.toContain('backup.safetensors');
  });

  it('leaves the network as it is below the group that fine-tuning begins with', async () => {
    const args = ['--epochs', '2', '--fine-tune', '1', '--fine-tune-from', 'head'];
    await train(path('photos'), ...small(), ...args, '--out', path('part.h5'));
    const kernel = async (file: string) => [
      ...(await loadModel(path(file))).getLayer('conv').getWeights()[0]!.dataSync(),
    ];
    expect(await kernel('part.h5')).toEqual(await kernel('small.h5'));
  });

  it('goes on with a run that was cut off, and ends as one that was not', async () => {
    const args = [...small(), '--epochs', '3', '--fine-tune', '3'];
    const whole = await train(path('photos'), ...args, '--out', path('whole.h5'));
    const out = ['--out', path('cut.h5')];
    // The first epoch of fine-tuning has been saved when Ctrl-C comes.
    let backups = 0;
    const watching = setInterval(() => {
      if (existsSync(path('cut.run/best.h5')) && existsSync(path('cut.run/backup.safetensors')))
        backups += 1;
      if (backups === 1) process.emit('SIGINT', 'SIGINT');
    }, 1);
    expect(await runCli(['train', path('photos'), ...args, ...out, '--json'])).toBe(130);
    clearInterval(watching);
    expect(failed).toEqual([
      `graft: to go on with it: graft train --resume --out ${path('cut.h5')}`,
      'graft: stopped by Ctrl-C; no file was left half written',
    ]);
    expect((await readdir(path('cut.run'))).sort()).toEqual([
      ...['backup.safetensors', 'best.h5', 'config.yaml'],
    ]);
    failed.length = 0;
    expect(await runCli(['train', '--resume', '--rate', '0.2', ...out])).toBe(1);
    expect(failed.join('')).toBe(
      'graft: rate with --resume must be what it was, 0.1. Received: 0.2',
    );
    failed.length = 0;
    const resumed = await train('--resume', ...out);
    const [loss, expected] = [resumed, whole].map(({ phases }) => phases[1]!.logs['loss']!);
    loss!.forEach((value, i) => expect(value).toBeCloseTo(expected![i]!, 5));
    expect(await runCli(['train', '--resume', ...out])).toBe(1);
    expect(failed.join('')).toMatch(/--resume has nothing to do: the run in .*cut.run has ended/);
  });

  it('trains again on what it has trained', async () => {
    await train(path('photos'), ...small(), '--out', path('one.keras'));
    const { accuracy } = await train(
      ...[path('photos'), '--model', path('one.keras'), '--rate', '0.1'],
      ...['--out', path('two.keras')],
    );
    expect(accuracy).toBe(1);
    const names = async (file: string) =>
      (await loadModel(path(file))).layers.map(({ name }) => name);
    expect(await names('two.keras')).toEqual(await names('one.keras'));
  });

  it('evaluates a model whose one output is the probability of the second class', async () => {
    const l = layers.layers;
    const model = layers.sequential({
      layers: [
        l.globalAveragePooling2d({ inputShape: [8, 8, 3] }),
        l.dense({ units: 1, activation: 'sigmoid' }),
      ],
    });
    // Red is the second class.
    model.layers[1]?.setWeights([tf.tensor2d([0.1, 0, -0.1], [3, 1]), tf.zeros([1])]);
    await saveModel(model, path('sigmoid.h5'));
    expect(await runCli(['evaluate', path('sigmoid.h5'), path('photos'), '--json'])).toBe(0);
    const { accuracy, confusion } = JSON.parse(printed.join('')) as {
      accuracy: number;
      confusion: number[][];
    };
    expect(accuracy).toBe(1);
    expect(confusion).toEqual([
      [5, 0],
      [0, 5],
    ]);
  });

  it.each<[string, () => string[], RegExp]>([
    [
      'a model without photos',
      () => ['--model', path('flat.h5')],
      /flat.h5 must take photos of one size/,
    ],
    [
      'weights for a file',
      () => [...small(), '--weights', 'a.h5'],
      /--weights must be left out where --model is a file/,
    ],
    [
      'preprocessing for the zoo',
      () => ['--preprocess', 'tf'],
      /--preprocess must be left out where --model is one/,
    ],
    ['an optimizer', () => ['--optimizer', 'adams'], /optimizer must be one of sgd, momentum/],
    ['a schedule', () => ['--schedule', 'cubic'], /config.schedule must be one of constant/],
    [
      'a preset',
      () => ['--preset', 'best'],
      /argument 'best' is invalid. Allowed choices are lesson, thorough/,
    ],
    [
      'a config',
      () => ['--config', path('wrong.yaml')],
      /the keys of .*wrong.yaml must be made of .*Received: "epoch"/,
    ],
    [
      'an augmentation',
      () => ['--augment', 'wild'],
      /--augment must be one of none, flip, standard, strong/,
    ],
    [
      'its options',
      () => ['--augment', 'flip:rescale=2'],
      /an option of --augment must be one of rotationRange/,
    ],
    [
      'a group alone',
      () => ['--fine-tune-from', 'head'],
      /--fine-tune-from must be given with --fine-tune/,
    ],
    [
      'a group',
      () => [...small(), '--fine-tune', '1', '--fine-tune-from', 'x'],
      /--fine-tune-from must be one of conv, head/,
    ],
    ['nothing to resume', () => ['--resume'], /--resume finds no run in .*none.a.run/],
    ['no config', () => ['--config', path('no.yaml')], /ENOENT/],
  ])('refuses %s in one line', async (_, args, message) => {
    await writeFile(path('wrong.yaml'), 'epoch: 3');
    const flat = layers.sequential({
      layers: [layers.layers.dense({ units: 2, inputShape: [4] })],
    });
    await saveModel(flat, path('flat.h5'));
    const code = await runCli(['train', path('photos'), ...args(), '--out', path('none/a.h5')]);
    expect(code).not.toBe(0);
    expect(
      failed
        .join('')
        .replace(/\n\(graft --help.*\n$/, '')
        .trimEnd()
        .split('\n'),
    ).toHaveLength(1);
    expect(failed.join('')).toMatch(message);
    expect(await readdir(folder)).not.toContain('none');
  });

  it('refuses to run without a folder', async () => {
    expect(await runCli(['train'])).toBe(1);
    expect(failed).toEqual(['graft: a folder of photos must be given: graft train photos/']);
  });
});
