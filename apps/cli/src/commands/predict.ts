// graft predict: what a model says of photos.

import { Option, type Command } from 'commander';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { GraftError, invalidArgument } from '@graftjs/core';
import { imgToArray } from '@graftjs/image-data';
import { loadImage } from '@graftjs/image-data/node';
import { compileForInference, mostLikely, type Guess, type Predictor } from '@graftjs/inference';
import { loadModel } from '@graftjs/keras-format/node';
import { preprocessInput, type PreprocessMode } from '@graftjs/model-zoo';
import { loadBackend } from '../backend.js';
import { engineHelp, engineLine, engineOption, type Engine } from '../engine.js';
import { positiveInteger } from '../positive-integer.js';
import { readLabels } from '../read-labels.js';

/** So many photos are in memory, and go through the model, at once. */
const batchSize = 16;
const channels = 3;

interface PredictOptions {
  readonly size?: number;
  readonly preprocess: PreprocessMode | 'none';
  readonly labels?: string;
  readonly top: number;
  readonly engine: Engine;
  readonly json: boolean;
}

export function addPredict(program: Command): void {
  program
    .command('predict')
    .description('say what a model makes of photos: the likeliest classes of each')
    .argument('<model>', 'a model file: .keras, .h5 or .json')
    .argument('<image...>', 'photos: JPEG, PNG, WebP, GIF')
    .option('--size <n>', "height and width in pixels (default: the model's)", positiveInteger)
    .addOption(
      new Option('--preprocess <mode>', 'how pixels become inputs, as in Keras')
        .choices(['caffe', 'tf', 'torch', 'lite', 'none'])
        .default('none'),
    )
    .option('--labels <file>', 'a text file with the name of a class in each line')
    .option('--top <n>', 'how many classes to name', positiveInteger, 3)
    .addOption(engineOption())
    .option('--json', 'print the answers as JSON', false)
    .addHelpText(
      'after',
      `
Pixels are 0 to 255 unless --preprocess says otherwise: none leaves them, for models that rescale themselves.
${engineHelp}

Examples:
  graft predict model.h5 cat.jpg
  graft predict model.keras photos/*.jpg --preprocess tf --labels classes.txt --json`,
    )
    .action((model: string, images: string[], options: PredictOptions) =>
      run(model, images, options),
    );
}

async function run(file: string, images: string[], options: PredictOptions): Promise<void> {
  await loadBackend();
  const model = await loadModel(file);
  const size = inputSize(model, options.size);
  const labels = options.labels ? await readLabels(options.labels) : undefined;
  const predictor = await compileForInference(model, { engine: options.engine });
  const answers: { image: string; classes: Guess[] }[] = [];
  for (let start = 0; start < images.length; start += batchSize) {
    const batch = images.slice(start, start + batchSize);
    for (const [i, classes] of (
      await classify(predictor, batch, size, options, labels)
    ).entries()) {
      const image = batch[i] as string;
      answers.push({ image, classes });
      if (!options.json) console.log(`${image}\n${classes.map(guessLine).join('\n')}`);
    }
  }
  await predictor.dispose();
  const { engine } = predictor;
  console.log(options.json ? JSON.stringify({ engine, answers }) : engineLine(engine));
}

async function classify(
  predictor: Predictor,
  images: readonly string[],
  size: readonly [number, number],
  { preprocess, top }: PredictOptions,
  labels: readonly string[] | undefined,
): Promise<Guess[][]> {
  const shape = [images.length, ...size, channels] as [number, number, number, number];
  const pixels = new Float32Array(shape.reduce((a, b) => a * b));
  for (const [i, image] of images.entries()) {
    const { data } = imgToArray(await loadImage(image, { size, interpolation: 'bilinear' }));
    pixels.set(data, i * data.length);
  }
  const input = tf.tidy(() => {
    const batch = tf.tensor4d(pixels, shape);
    return preprocess === 'none' ? batch : preprocessInput(batch, preprocess);
  });
  const output = await predictor.predict(input);
  const values = await output.data();
  const width = values.length / images.length;
  tf.dispose([input, output]);
  return images.map((_, i) => mostLikely(values.subarray(i * width, (i + 1) * width), top, labels));
}

function inputSize(model: LayersModel, given: number | undefined): [number, number] {
  const shape = model.inputs[0]?.shape ?? [];
  const [, height, width, depth] = shape;
  if (shape.length !== 4 || depth !== channels) {
    throw new GraftError(
      `the model must take photos, [batch, height, width, 3]. It takes [${shape.map((n) => n ?? 'any')}]`,
    );
  }
  if (given !== undefined) {
    const fits = [height, width].every((fixed) => fixed === null || fixed === given);
    if (!fits) throw invalidArgument('--size', `the model's size, ${height} × ${width}`, given);
    return [given, given];
  }
  if (typeof height === 'number' && typeof width === 'number') return [height, width];
  throw new GraftError('--size must be given: the model takes photos of any size');
}

function guessLine({ label, probability }: Guess): string {
  return `  ${(100 * probability).toFixed(1).padStart(5)} %  ${label}`;
}
