// graft lr-find: which learning rate suits a head on one's own photos.

import type { Command } from 'commander';
import { invalidArgument } from '@graftjs/core';
import { findLearningRate, type RateFinding } from '@graftjs/training';
import { loadBackend } from '../backend.js';
import { checkPictureOut, writePicture } from '../charts/picture-file.js';
import { renderVegaLite } from '../charts/render.js';
import { positiveInteger } from '../positive-integer.js';
import { makeOptimizer } from '../race/make-optimizer.js';
import { namedBase } from '../train/base-model.js';
import { makeClassifier } from '../train/classifier.js';
import { photoFeatures } from '../train/photo-features.js';
import { photoSets } from '../train/photo-sets.js';
import { checkTrainable } from '../train/train-head.js';
import { addSourceOptions, checkSeed, type SourceOptions } from '../train/train-options.js';
import { withDownloads } from '../zoo/with-downloads.js';

interface FindOptions extends SourceOptions {
  readonly steps: number;
  readonly out: string;
  readonly json: boolean;
}

export function addLrFind(program: Command, signal: AbortSignal): void {
  const command = program
    .command('lr-find')
    .description('find a learning rate for graft train, by the range test')
    .argument('<folder>', 'photos, in a folder for each class');
  addSourceOptions(command)
    .option('--steps <n>', 'updates from the lowest rate to the highest', positiveInteger, 100)
    .option('--out <file>', 'the picture: .svg, .png or .html', 'lr-find.svg')
    .option('--json', 'print the result as JSON', false)
    .addHelpText(
      'after',
      `
The head trains for a moment at rates that grow from 1e-7 to 10. Of the rates that are read off the curve of its loss, the
valley is the one to begin with.

Examples:
  graft lr-find photos/
  graft lr-find photos/ --optimizer sgd:momentum=0.9 --out rates.png`,
    )
    .action((folder: string, options: FindOptions) => find(folder, options, signal));
}

async function find(folder: string, options: FindOptions, signal: AbortSignal): Promise<void> {
  const { out, seed, batchSize, json } = options;
  checkSeed(seed);
  if (options.steps < 10)
    throw invalidArgument('--steps', 'an integer of at least 10', options.steps);
  await checkPictureOut(out);
  const named = namedBase(options.model, options.weights, options.preprocess);
  const optimizer = makeOptimizer(options.optimizer);
  // All photos are trained on.
  const { classNames, train } = await photoSets({
    ...{ folder, validation: folder, share: 0.5, seed },
  });
  await loadBackend();
  const { base, size } = await withDownloads(options.mirror, signal, (found) => named.load(found));
  const { base: frozen, head } = makeClassifier(base, classNames.length, options);
  const watch = { signal, stream: json ? undefined : process.stderr };
  const settings = { size, batchSize, seed, shuffle: true, cache: options.cache };
  const features = await photoFeatures(frozen, train, settings, 'photos', watch);
  for (const { message } of features.broken) console.error(`graft: left out: ${message}`);
  let finding: RateFinding;
  try {
    checkTrainable(features, classNames);
    finding = await findLearningRate(head, features.dataset, {
      ...{ optimizer, loss: 'sparseCategoricalCrossentropy', steps: options.steps, signal },
    });
  } finally {
    await features.dispose();
  }
  await writePicture(out, await renderVegaLite(finding.chart));
  const { suggestions, points } = finding;
  if (json)
    console.log(JSON.stringify({ suggestions, points, picture: out, broken: features.broken }));
  else console.log([...suggestionLines(finding, options), `wrote ${out}`].join('\n'));
}

function suggestionLines({ suggestions }: RateFinding, { optimizer }: FindOptions): string[] {
  const rates = Object.entries(suggestions)
    .filter((entry): entry is [string, number] => entry[1] !== undefined)
    .map(([name, rate]) => `${name} ${rate.toPrecision(2)}`);
  const { valley } = suggestions;
  return [
    `Suggested rates for ${optimizer}: ${rates.length > 0 ? rates.join(', ') : 'none, the loss never fell'}`,
    ...(valley === undefined ? [] : [`graft train … --rate ${valley.toPrecision(2)}`]),
  ];
}
