// The options of graft train: what they are on the command line, in a config, and in a run's folder.

import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { GraftError, invalidArgument } from '@graftjs/core';
import { applyConfig, configOf, readConfig, type Config } from '../config/apply-config.js';
import { partialShare, positive, share } from '../option-values.js';
import { positiveInteger } from '../positive-integer.js';
import type { Preprocess } from './base-model.js';
import { presetNames, presetOf } from './presets.js';

/** What decides which photos and which network a head is trained on. */
export interface SourceOptions {
  readonly val?: string;
  readonly valSplit: number;
  readonly model: string;
  readonly weights: string;
  readonly mirror?: string;
  readonly preprocess?: Preprocess;
  readonly batchSize: number;
  readonly optimizer: string;
  readonly dropout: number;
  readonly hidden?: number;
  readonly seed: number;
}

export interface TrainOptions extends SourceOptions {
  readonly epochs: number;
  readonly rate?: number;
  readonly schedule?: string;
  readonly out: string;
  readonly config?: string;
  readonly preset?: string;
  readonly json: boolean;
}

/** Of `graft train` and `graft lr-find` alike. */
export function addSourceOptions(command: Command): Command {
  return command
    .option('--val <folder>', 'photos to measure on, in such folders, too')
    .option(
      '--val-split <share>',
      'without --val: the share of the photos to measure on',
      partialShare,
      0.2,
    )
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
    .option('--seed <n>', 'for the split, the order, the first weights and dropout', Number, 0);
}

export function addTrainOptions(command: Command): Command {
  return addSourceOptions(command)
    .option('--epochs <n>', 'how often the head sees each photo', positiveInteger, 30)
    .option('--rate <rate>', "the highest learning rate (default: the optimizer's)", positive)
    .option(
      '--schedule <schedule>',
      'learning rates over the run: oneCycle, constant, … (default: cosine, down to 0)',
    )
    .option('--out <file>', 'the model: .keras or .h5', 'model.keras')
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
 * What a run does: the options of the command line, before those of a config, before those of a preset.
 *
 * @throws GraftError for a config or an option that is not usable
 */
export async function settleRun(given: string | undefined, command: Command): Promise<TrainRun> {
  const { config: file, preset } = command.opts<TrainOptions>();
  let folder = given;
  if (preset !== undefined) applyConfig(command, presetOf(preset), `--preset ${preset}`);
  if (file !== undefined) {
    const { folder: named, ...config } = await readConfig(file);
    if (typeof named === 'string') folder ??= named;
    else if (named !== undefined) throw invalidArgument(`folder in ${file}`, 'a path', named);
    applyConfig(command, config, file);
  }
  if (folder === undefined)
    throw new GraftError('a folder of photos must be given: graft train photos/');
  const options = command.opts<TrainOptions>();
  checkOptions(options);
  return { folder, options, config: { folder: resolve(folder), ...absolute(configOf(command)) } };
}

function checkOptions({ out, seed }: TrainOptions): void {
  // .weights.h5 is what Keras calls weights without a model.
  if (!/(?<!\.weights)\.(?:keras|h5)$/i.test(out))
    throw invalidArgument('--out', 'a .keras or .h5 file', out);
  checkSeed(seed);
}

/** @throws GraftError for a seed that is no integer */
export function checkSeed(seed: number): void {
  if (!Number.isSafeInteger(seed)) throw invalidArgument('--seed', 'an integer', seed);
}

const PATHS = new Set(['val', 'out']);

function absolute(config: Config): Config {
  const isPath = (key: string, value: unknown) =>
    PATHS.has(key) || (key === 'model' && /\.(?:keras|h5|hdf5|json)$/i.test(String(value)));
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      isPath(key, value) ? resolve(String(value)) : value,
    ]),
  );
}
