// graft evaluate: how good a model is on photos whose classes are known.

import type { Command } from 'commander';
import * as tf from '@tensorflow/tfjs-core';
import { GraftError } from '@graftjs/core';
import { readImageFolder } from '@graftjs/image-data/node';
import type { Predictor } from '@graftjs/inference';
import { loadModel } from '@graftjs/keras-format/node';
import { computeFeatures } from '@graftjs/transfer';
import { loadBackend } from '../backend.js';
import { engineHelp, engineLine, engineOption, type Engine } from '../engine.js';
import { readLabels } from '../read-labels.js';
import { assess } from '../train/assess.js';
import { photoData } from '../train/photo-data.js';
import { photoSize } from '../train/photo-size.js';
import { reportTable } from '../train/report-table.js';
import { countBar } from '../train/count-bar.js';

interface EvaluateOptions {
  readonly labels?: string;
  readonly engine: Engine;
  readonly json: boolean;
}

export function addEvaluate(program: Command, signal: AbortSignal): void {
  program
    .command('evaluate')
    .description('measure a classifier on photos: accuracy, and how each class fares')
    .argument('<model>', 'a model that takes pixels of 0 to 255: .keras, .h5 or .json')
    .argument('<folder>', 'photos, in a folder for each class')
    .option('--labels <file>', 'class names, one in each line (default: the folders, sorted)')
    .addOption(engineOption())
    .option('--json', 'print the result as JSON', false)
    .addHelpText(
      'after',
      `
A model with one output gives the probability of the second of two classes.
${engineHelp}

Examples:
  graft evaluate model.keras photos/val
  graft evaluate pets.h5 photos/val --labels pets.labels.txt --json`,
    )
    .action((file: string, folder: string, options: EvaluateOptions) =>
      evaluate(file, folder, options, signal),
    );
}

async function evaluate(
  file: string,
  folder: string,
  { labels, engine, json }: EvaluateOptions,
  signal: AbortSignal,
): Promise<void> {
  const { classNames, images } = await readImageFolder(
    folder,
    labels ? { classNames: await readLabels(labels) } : {},
  );
  if (images.length === 0) throw new GraftError(`${folder} has no photos`);
  await loadBackend();
  const model = await loadModel(file);
  const size = photoSize(model, file);
  const [, width, ...more] = model.outputs[0]?.shape ?? [];
  if (model.outputs.length !== 1 || !width || more.length > 0)
    throw new GraftError(`${file} must give the classes of a photo, [batch, n]`);
  const classes = Math.max(width, 2);
  if (classes !== classNames.length)
    throw new GraftError(
      `${file} tells ${classes} classes apart; ${folder} has ${classNames.length}`,
    );
  const data = photoData(images, classes, size);
  const bar = json ? undefined : countBar(process.stderr, 'photos', images.length);
  const engines: Predictor['engine'][] = [];
  const onEngine = (found: Predictor['engine']) => void engines.push(found);
  const { xs, ys } = await computeFeatures(model, data.dataset, {
    inference: { engine, onEngine },
    ...{ signal, onBatch: (examples) => bar?.update(examples) },
  }).finally(() => {
    bar?.stop();
    for (const { message } of data.broken) console.error(`graft: left out: ${message}`);
  });
  const { report } = await assess(xs, ys);
  tf.dispose([xs, ys]);
  console.log(
    json
      ? JSON.stringify({ classNames, ...report, engine: engines[0], broken: data.broken })
      : `${reportTable(report, classNames)}\n${engines.map(engineLine).join('\n')}`,
  );
}
