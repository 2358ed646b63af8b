// graft train: a classifier of one's own photos, on a network that has seen ImageNet.

import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { invalidArgument } from '@graftjs/core';
import { writeWhole } from '@graftjs/core/node';
import type { BrokenImage } from '@graftjs/image-data/node';
import { saveModel } from '@graftjs/keras-format/node';
import { layerGroups } from '@graftjs/transfer';
import { loadBackend } from '../backend.js';
import { configText } from '../config/apply-config.js';
import { checkFolderOut, checkOut, makeFolderOf } from '../out-file.js';
import { trainReport } from '../report/train-report.js';
import { percent } from '../terminal/percent.js';
import { parseAugmentation } from '../train/augmentation.js';
import { namedBase } from '../train/base-model.js';
import { makeClassifier, type Classifier } from '../train/classifier.js';
import { photoSets } from '../train/photo-sets.js';
import { optimizerOver } from '../train/rates.js';
import { reportTable } from '../train/report-table.js';
import { beginRun, endRun, runFolderOf } from '../train/run-folder.js';
import { run, type RunResult, type RunSettings } from '../train/run.js';
import {
  addTrainOptions,
  settleRun,
  type TrainOptions,
  type TrainRun,
} from '../train/train-options.js';
import { withDownloads } from '../zoo/with-downloads.js';

export function addTrain(program: Command, signal: AbortSignal): void {
  const command = program
    .command('train')
    .description('train a classifier of your photos, on a network that has seen ImageNet')
    .argument('[folder]', 'photos, in a folder for each class');
  addTrainOptions(command)
    .addHelpText(
      'after',
      `
The network stays as it is, and runs once over each photo; a new head is trained on what it sees. With --fine-tune the
network then learns, too, at low rates. The model takes photos with pixels of 0 to 255, opens in Keras, and has the names
of its classes beside it. A folder beside it, model.run, keeps the run: its config, which --config takes, its history, the
best and the last model, and a report.

Examples:
  graft train photos/
  graft train photos/train --val photos/val --model MobileNetV2 --out pets.h5
  graft train photos/ --augment standard --fine-tune 5
  graft train photos/ --model mine.h5 --optimizer sgd:momentum=0.9 --schedule oneCycle --rate 0.05
  graft train --config pets.run/config.yaml --epochs 50
  graft train --resume --out pets.h5
  graft predict model.keras new.jpg --labels model.labels.txt`,
    )
    .action(async (folder: string | undefined) => train(await settleRun(folder, command), signal));
}

async function train({ folder, options, config }: TrainRun, signal: AbortSignal): Promise<void> {
  const { out, seed, json, resume } = options;
  const named = namedBase(options.model, options.weights, options.preprocess);
  const settings = settingsOf(options);
  // Found now, not after the features: what cannot be an optimizer, and a file that cannot be written.
  optimizerOver(settings, 100).dispose();
  const sets = await photoSets({
    ...{ folder, validation: options.val, share: options.valSplit, seed },
  });
  const { classNames } = sets;
  const files = runFolderOf(out);
  for (const file of [out, labelsFile(out)]) await checkOut(file);
  await checkFolderOut(files.path);
  const say = json ? () => undefined : (line: string) => console.log(line);
  const photos =
    `${sets.train.length} photos of ${classNames.length} classes (${classNames.join(', ')}), ` +
    `${sets.validation.length} to measure on`;
  say(photos);
  const { device } = await loadBackend();
  const { base, size } = await withDownloads(options.mirror, signal, (found) => named.load(found));
  const classifier = makeClassifier(base, classNames.length, options);
  checkGroup(classifier, options);
  say(`${named.title} on ${device}`);

  const goesOn = resume && existsSync(files.backup);
  const takeBack = resume ? undefined : await beginRun(files, configText(config));
  const broken: BrokenImage[] = [];
  const { model } = classifier;
  try {
    const watch = { signal, stream: json ? undefined : process.stderr };
    const result = await run(classifier, sets, { ...settings, size }, watch, {
      ...{ backup: files.backup, goesOn },
      saveBest: (best) => saveModel(best, files.best),
      onBroken(images) {
        broken.push(...images);
        for (const { message } of images) console.error(`graft: left out: ${message}`);
      },
    });
    const report = await trainReport({
      ...{ ...result, classNames, ...settings, size, seed, train: sets.train },
      facts: [photos, `${named.title} on ${device}`, secondsLine(result)],
    });
    signal.throwIfAborted();
    await makeFolderOf(out);
    // The large files first: where they do not fit, the names beside them stay those of the model that was there.
    await saveModel(model, out);
    await writeWhole(labelsFile(out), `${classNames.join('\n')}\n`);
    await saveModel(model, files.last);
    await endRun(files, { classNames, phases: result.phases, report });
    const written = [out, labelsFile(out), files.report];
    const { phases, assessment, seconds } = result;
    if (json)
      console.log(
        JSON.stringify({
          ...{ network: named.title, classNames, ...assessment.report },
          ...{ phases, seconds, broken, files: written, run: files.path },
        }),
      );
    else say([summary(result, classNames), ...written.map((file) => `wrote ${file}`)].join('\n'));
  } catch (error) {
    if (signal.aborted) console.error(`graft: to go on with it: graft train --resume --out ${out}`);
    else await takeBack?.();
    throw error;
  }
}

function settingsOf(options: TrainOptions): Omit<RunSettings, 'size'> {
  const { schedule, rate, augment, variants, optimizer, seed, fineTune, fineTuneFrom } = options;
  return {
    ...{ ...options, schedule, rate },
    augmentation:
      augment === undefined ? undefined : { options: parseAugmentation(augment), variants },
    fineTuning:
      fineTune === undefined
        ? undefined
        : { optimizer, rate, seed, epochs: fineTune, from: fineTuneFrom },
  };
}

/** @throws GraftError where the model has no such group of layers */
function checkGroup({ model }: Classifier, { fineTuneFrom }: TrainOptions): void {
  const names = layerGroups(model).map(({ name }) => name);
  if (fineTuneFrom !== undefined && !names.includes(fineTuneFrom))
    throw invalidArgument('--fine-tune-from', `one of ${names.join(', ')}`, fineTuneFrom);
}

function summary(result: RunResult, classNames: readonly string[]): string {
  const accuracy = result.phases.at(-1)?.logs['accuracy']?.at(-1) ?? NaN;
  return [
    `${secondsLine(result)}; ${percent(accuracy)} of the training photos right.`,
    reportTable(result.assessment.report, classNames),
  ].join('\n');
}

/** `Features in 24.4 s, head in 0.9 s`. */
function secondsLine({ seconds }: RunResult): string {
  const parts = Object.entries(seconds).map(([part, time]) => `${part} in ${time.toFixed(1)} s`);
  const line = parts.join(', ');
  return line.charAt(0).toUpperCase() + line.slice(1);
}

/** Beside `pets.h5`, `pets.labels.txt`: what `graft predict --labels` reads. */
function labelsFile(out: string): string {
  const stem = basename(out).replace(/\.[^.]*$/, '');
  return out.slice(0, out.length - basename(out).length) + `${stem}.labels.txt`;
}
