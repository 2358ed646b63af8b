// The options of graft train: what they are on the command line, in a config, and in a run's folder.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { GraftError, invalidArgument } from '@graftjs/core';
import { applyConfig, configOf, givenOf, readConfig, type Config } from '../config/apply-config.js';
import { partialShare, positive, share } from '../option-values.js';
import { positiveInteger } from '../positive-integer.js';
import { augmentationNames } from './augmentation.js';
import { isModelFile, type Preprocess } from './base-model.js';
import { presetNames, presetOf } from './presets.js';
import { runFolderOf } from './run-folder.js';

/** Which network a head is trained on, and how the head is made. */
export interface SourceOptions {
  readonly model: string;
  readonly weights: string;
  readonly mirror?: string;
  readonly preprocess?: Preprocess;
  readonly batchSize: number;
  readonly optimizer: string;
  readonly dropout: number;
  readonly hidden?: number;
  readonly seed: number;
  readonly cache: boolean;
}

export interface TrainOptions extends SourceOptions {
  readonly val?: string;
  readonly valSplit: number;
  readonly epochs: number;
  readonly rate?: number;
  readonly schedule?: string;
  readonly augment?: string;
  readonly variants: number;
  readonly fineTune?: number;
  readonly fineTuneFrom?: string;
  readonly out: string;
  readonly resume: boolean;
  readonly config?: string;
  readonly preset?: string;
  readonly json: boolean;
}

/** Of `graft train` and `graft lr-find` alike. */
export function addSourceOptions(command: Command): Command {
  return command
    .option(
      '--model <name>',
      'the network: a model of the zoo, or a .keras or .h5 file',
      'EfficientNet-Lite0',
    )
    .option('--weights <file>', 'a path or URL of weights for a model of the zoo', 'imagenet')
    .option('--mirror <url>', 'a folder on a server that has the weights')
    .addOption(
      new Option(
        '--preprocess <mode>',
        'how pixels become inputs of a model from a file, as in Keras (default: none)',
      ).choices(['caffe', 'tf', 'torch', 'lite', 'none']),
    )
    .option('--batch-size <n>', 'photos for one update', positiveInteger, 32)
    .option('--optimizer <name>', 'adam, sgd:momentum=0.9, … (graft optimizers race)', 'adam')
    .option('--dropout <share>', 'share of the features dropped while training', share, 0.2)
    .option('--hidden <units>', 'a hidden layer in the head, of so many units', positiveInteger)
    .option('--seed <n>', 'for split, order, first weights and dropout', Number, 0)
    .option('--no-cache', 'keep no features of photos on the disk');
}

export function addTrainOptions(command: Command): Command {
  return addSourceOptions(command)
    .option('--val <folder>', 'photos to measure on, in such folders, too')
    .option(
      '--val-split <share>',
      'without --val: the share of the photos to measure on',
      partialShare,
      0.2,
    )
    .option('--epochs <n>', 'how often the head sees each photo', positiveInteger, 30)
    .option('--rate <rate>', "the highest learning rate (default: the optimizer's)", positive)
    .option(
      '--schedule <schedule>',
      'learning rates over the run: oneCycle, constant, … (default: cosine, down to 0)',
    )
    .option('--augment <name>', `photos changed at random: ${augmentationNames.join(', ')}, …`)
    .option('--variants <n>', 'with --augment: how many of each photo', positiveInteger, 4)
    .option('--fine-tune <epochs>', 'then train the network, too, so long', positiveInteger)
    .option('--fine-tune-from <group>', 'the first group of layers that is fine-tuned (all)')
    .option('--out <file>', 'the model: .keras or .h5', 'model.keras')
    .option('--resume', 'go on with the run of --out that was cut off', false)
    .option('--config <file>', 'options from a YAML or JSON file; those given here hold')
    .addOption(new Option('--preset <name>', 'options under a name').choices(presetNames))
    .option('--json', 'print the result as JSON', false);
}

export interface TrainRun {
  readonly folder: string;
  readonly options: TrainOptions;
  /** All options with their values, from where they are the same in every folder. */
  readonly config: Config;
}

/**
 * What a run does: the options of the command line, before those of a config, before those of a preset. With `--resume` the
 * config is that of the run which goes on.
 *
 * @throws GraftError for a config or an option that is not usable, and for a run that cannot go on
 */
export async function settleRun(given: string | undefined, command: Command): Promise<TrainRun> {
  const { config: file, preset, resume } = command.opts<TrainOptions>();
  let folder = given;
  if (resume) folder = await applyRun(given, command);
  else {
    if (preset !== undefined) applyConfig(command, presetOf(preset), `--preset ${preset}`);
    if (file !== undefined) folder = applyFile(given, command, await readConfig(file), file);
  }
  if (folder === undefined)
    throw new GraftError('a folder of photos must be given: graft train photos/');
  const options = command.opts<TrainOptions>();
  checkOptions(options);
  return { folder, options, config: { folder: resolve(folder), ...absolute(configOf(command)) } };
}

/** @returns the folder of photos */
function applyFile(
  given: string | undefined,
  command: Command,
  { folder, ...config }: Config,
  file: string,
): string | undefined {
  if (folder !== undefined && typeof folder !== 'string')
    throw invalidArgument(`folder in ${file}`, 'a path', folder);
  applyConfig(command, config, file);
  return given ?? folder;
}

/** A run goes on as it began: what is given anew must be the same. */
async function applyRun(given: string | undefined, command: Command): Promise<string | undefined> {
  const { out, config, preset } = command.opts<TrainOptions>();
  if (config !== undefined || preset !== undefined)
    throw new GraftError('--resume takes no --config and no --preset: the run has its own');
  const run = runFolderOf(out);
  if (!existsSync(run.config)) throw new GraftError(`--resume finds no run in ${run.path}`);
  if (existsSync(run.report))
    throw new GraftError(`--resume has nothing to do: the run in ${run.path} has ended`);
  const saved = await readConfig(run.config);
  const anew = Object.entries(absolute(givenOf(command)));
  if (given !== undefined) anew.push(['folder', resolve(given)]);
  for (const [key, value] of anew) {
    if (saved[key] !== value)
      throw invalidArgument(`${key} with --resume`, `what it was, ${saved[key]}`, value);
  }
  return applyFile(given, command, saved, run.config);
}

function checkOptions({ out, seed, fineTune, fineTuneFrom }: TrainOptions): void {
  // .weights.h5 is what Keras calls weights without a model.
  if (!/(?<!\.weights)\.(?:keras|h5)$/i.test(out))
    throw invalidArgument('--out', 'a .keras or .h5 file', out);
  if (fineTuneFrom !== undefined && fineTune === undefined)
    throw invalidArgument('--fine-tune-from', 'given with --fine-tune', fineTuneFrom);
  checkSeed(seed);
}

/** @throws GraftError for a seed that is no integer */
export function checkSeed(seed: number): void {
  if (!Number.isSafeInteger(seed)) throw invalidArgument('--seed', 'an integer', seed);
}

const PATHS = new Set(['val', 'out']);

function absolute(config: Config): Config {
  const isPath = (key: string, value: unknown) =>
    PATHS.has(key) || (key === 'model' && isModelFile(String(value)));
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      isPath(key, value) ? resolve(String(value)) : value,
    ]),
  );
}
