// graft train: a classifier of one's own photos, on a network that has seen ImageNet.

import { basename } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { invalidArgument } from '@graftjs/core';
import { writeWhole } from '@graftjs/core/node';
import { imageDataset, type BrokenImage, type LabelledImage } from '@graftjs/image-data/node';
import { saveModel } from '@graftjs/keras-format/node';
import { modelTable } from '@graftjs/model-zoo';
import { loadBackend } from '../backend.js';
import { checkOut, makeFolderOf } from '../out-file.js';
import { positiveInteger } from '../positive-integer.js';
import { baseModel } from '../train/base-model.js';
import { photoSets } from '../train/photo-sets.js';
import { percent, reportTable } from '../train/report-table.js';
import { trainHead, type TrainedHead } from '../train/train-head.js';
import { parseModelName } from '../zoo/model-name.js';
import { withDownloads } from '../zoo/with-downloads.js';

interface TrainOptions {
  readonly val?: string;
  readonly valSplit: number;
  readonly model: string;
  readonly weights: string;
  readonly mirror?: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly rate: number;
  readonly dropout: number;
  readonly seed: number;
  readonly out: string;
  readonly json: boolean;
}

export function addTrain(program: Command, signal: AbortSignal): void {
  program
    .command('train')
    .description('train a classifier of your photos, on a network that has seen ImageNet')
    .argument('<folder>', 'photos, in a folder for each class')
    .option('--val <folder>', 'photos to measure on, in such folders, too')
    .option(
      '--val-split <share>',
      'without --val: the share of the photos to measure on',
      partialShare,
      0.2,
    )
    .option('--model <name>', 'the network: a model of the zoo', 'EfficientNet-Lite0')
    .option('--weights <file>', 'a path or URL of weights for it', 'imagenet')
    .option('--mirror <url>', 'a folder on a server that has the weights')
    .option('--epochs <n>', 'how often the head sees each photo', positiveInteger, 30)
    .option('--batch-size <n>', 'photos for one update', positiveInteger, 32)
    .option(
      '--rate <rate>',
      'the learning rate at first; it falls to 0 as a cosine',
      positive,
      1e-3,
    )
    .option('--dropout <share>', 'share of the features dropped while training', share, 0.2)
    .option('--seed <n>', 'for the split, the order, the first weights and dropout', Number, 0)
    .option('--out <file>', 'the model: .keras or .h5', 'model.keras')
    .option('--json', 'print the result as JSON', false)
    .addHelpText(
      'after',
      `
The network stays as it is, and runs once over each photo; a new head is trained on what it sees. The model takes photos
with pixels of 0 to 255, opens in Keras, and has the names of its classes beside it.

Examples:
  graft train photos/
  graft train photos/train --val photos/val --model MobileNetV2 --out pets.h5
  graft predict model.keras new.jpg --labels model.labels.txt`,
    )
    .action((folder: string, options: TrainOptions) => train(folder, options, signal));
}

async function train(folder: string, options: TrainOptions, signal: AbortSignal): Promise<void> {
  const { out, seed, json } = options;
  const name = parseModelName(options.model);
  // .weights.h5 is what Keras calls weights without a model.
  if (!/(?<!\.weights)\.(?:keras|h5)$/i.test(out))
    throw invalidArgument('--out', 'a .keras or .h5 file', out);
  if (!Number.isSafeInteger(seed)) throw invalidArgument('--seed', 'an integer', seed);
  const say = json ? () => undefined : (line: string) => console.log(line);
  const sets = await photoSets({
    ...{ folder, validation: options.val, share: options.valSplit, seed },
  });
  const { classNames } = sets;
  // Found now, not after the training.
  for (const file of [out, labelsFile(out)]) await checkOut(file);
  say(
    `${sets.train.length} photos of ${classNames.length} classes (${classNames.join(', ')}), ` +
      `${sets.validation.length} to measure on`,
  );
  const { device } = await loadBackend();
  const { base, size } = await withDownloads(options.mirror, signal, (found) =>
    baseModel(name, { weights: options.weights, ...found }),
  );
  say(`${modelTable[name].title} on ${device}`);

  const broken: BrokenImage[] = [];
  const dataOf = (images: readonly LabelledImage[]) =>
    imageDataset({
      ...{ images, classes: classNames.length, size: [size, size], batchSize: 32 },
      onBroken: (image) => void broken.push(image),
    });
  const result = await trainHead(base, dataOf(sets.train), dataOf(sets.validation), {
    ...{ classNames, epochs: options.epochs, batchSize: options.batchSize },
    ...{ rate: options.rate, dropout: options.dropout, seed, signal },
    stream: json ? undefined : process.stderr,
  }).finally(() => {
    for (const { message } of broken) console.error(`graft: left out: ${message}`);
  });
  signal.throwIfAborted();
  await makeFolderOf(out);
  // The large file first: where it does not fit, the names beside it stay those of the model that was there.
  await saveModel(result.model, out);
  await writeWhole(labelsFile(out), `${classNames.join('\n')}\n`);
  if (json) console.log(JSON.stringify(jsonResult(result, { name, classNames, out, broken })));
  else say(summary(result, classNames, out));
}

function summary(
  { report, logs, seconds }: TrainedHead,
  classNames: readonly string[],
  out: string,
): string {
  const accuracy = logs['accuracy']?.at(-1) ?? NaN;
  return [
    `Features in ${seconds.features.toFixed(1)} s, the head in ${seconds.head.toFixed(1)} s; ` +
      `${percent(accuracy)} of the training photos right.`,
    reportTable(report, classNames),
    `wrote ${out}`,
    `wrote ${labelsFile(out)}`,
  ].join('\n');
}

interface Context {
  readonly name: string;
  readonly classNames: readonly string[];
  readonly out: string;
  readonly broken: readonly BrokenImage[];
}

function jsonResult({ report, logs, seconds }: TrainedHead, context: Context): object {
  const { name, classNames, out, broken } = context;
  return {
    ...{ network: name, classNames, ...report, logs, seconds, broken },
    files: [out, labelsFile(out)],
  };
}

/** Beside `pets.h5`, `pets.labels.txt`: what `graft predict --labels` reads. */
function labelsFile(out: string): string {
  const stem = basename(out).replace(/\.[^.]*$/, '');
  return out.slice(0, out.length - basename(out).length) + `${stem}.labels.txt`;
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value < 1) return value;
  throw new InvalidArgumentError('It must be a number from 0 to below 1.');
}

function partialShare(text: string): number {
  const value = Number(text);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError('It must be a number above 0 and below 1.');
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a number above 0.');
}
