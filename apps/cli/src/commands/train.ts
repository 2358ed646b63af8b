// graft train: a classifier of one's own photos, on a network that has seen ImageNet.

import { basename } from 'node:path';
import type { Command } from 'commander';
import { writeWhole } from '@graftjs/core/node';
import type { BrokenImage } from '@graftjs/image-data/node';
import { saveModel } from '@graftjs/keras-format/node';
import { loadBackend } from '../backend.js';
import { configText } from '../config/apply-config.js';
import { checkFolderOut, checkOut, makeFolderOf } from '../out-file.js';
import { trainReport } from '../report/train-report.js';
import { percent } from '../terminal/percent.js';
import { namedBase } from '../train/base-model.js';
import { photoSets } from '../train/photo-sets.js';
import { optimizerOver } from '../train/rates.js';
import { reportTable } from '../train/report-table.js';
import { runFolderOf, writeRun } from '../train/run-folder.js';
import { run, type RunResult } from '../train/run.js';
import { addTrainOptions, settleRun, type TrainRun } from '../train/train-options.js';
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
The network stays as it is, and runs once over each photo; a new head is trained on what it sees. The model takes photos
with pixels of 0 to 255, opens in Keras, and has the names of its classes beside it. A folder beside it, model.run, keeps
the run: its config, which --config takes, its history, the best and the last model, and a report.

Examples:
  graft train photos/
  graft train photos/train --val photos/val --model MobileNetV2 --out pets.h5
  graft train photos/ --model mine.h5 --optimizer sgd:momentum=0.9 --schedule oneCycle --rate 0.05
  graft train --config pets.run/config.yaml --epochs 50
  graft predict model.keras new.jpg --labels model.labels.txt`,
    )
    .action(async (folder: string | undefined) => train(await settleRun(folder, command), signal));
}

async function train({ folder, options, config }: TrainRun, signal: AbortSignal): Promise<void> {
  const { out, seed, json, preprocess } = options;
  const named = namedBase(options.model, options.weights, preprocess);
  const settings = {
    ...options,
    ...{ hidden: options.hidden, schedule: options.schedule, rate: options.rate },
  };
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
  const base = await withDownloads(options.mirror, signal, (found) => named.load(found));
  say(`${named.title} on ${device}`);

  const broken: BrokenImage[] = [];
  const watch = { signal, stream: json ? undefined : process.stderr };
  const result = await run(base, sets, settings, watch, (images) => {
    broken.push(...images);
    for (const { message } of images) console.error(`graft: left out: ${message}`);
  });
  const report = await trainReport({
    ...{ ...result, classNames },
    facts: [photos, `${named.title} on ${device}`, secondsLine(result)],
  });
  signal.throwIfAborted();
  await makeFolderOf(out);
  // The large files first: where they do not fit, the names beside them stay those of the model that was there.
  await saveModel(result.model, out);
  await writeWhole(labelsFile(out), `${classNames.join('\n')}\n`);
  const { phases } = result;
  await writeRun(files, { ...{ classNames, phases, report }, config: configText(config) });
  await saveModel(result.best, files.best);
  await saveModel(result.model, files.last);
  const written = [out, labelsFile(out), files.report];
  if (json)
    console.log(
      JSON.stringify({
        ...{ network: named.title, classNames, ...result.assessment.report },
        ...{ logs: phases.at(-1)?.logs, phases, seconds: result.seconds, broken },
        ...{ files: written, run: files.path },
      }),
    );
  else say([summary(result, classNames), ...written.map((file) => `wrote ${file}`)].join('\n'));
}

function summary(result: RunResult, classNames: readonly string[]): string {
  const accuracy = result.phases.at(-1)?.logs['accuracy']?.at(-1) ?? NaN;
  return [
    `${secondsLine(result)}; ${percent(accuracy)} of the training photos right.`,
    reportTable(result.assessment.report, classNames),
  ].join('\n');
}

function secondsLine({ seconds }: RunResult): string {
  return `Features in ${seconds.features.toFixed(1)} s, the head in ${seconds.head.toFixed(1)} s`;
}

/** Beside `pets.h5`, `pets.labels.txt`: what `graft predict --labels` reads. */
function labelsFile(out: string): string {
  const stem = basename(out).replace(/\.[^.]*$/, '');
  return out.slice(0, out.length - basename(out).length) + `${stem}.labels.txt`;
}
