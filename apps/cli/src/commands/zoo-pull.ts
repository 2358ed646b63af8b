// graft zoo pull: weights fetched before they are needed, or for a mirror.

import { join } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { GraftError } from '@graftjs/core';
import { writeWhole } from '@graftjs/core/node';
import {
  findWeights,
  mirror,
  modelTable,
  pretrainedFiles,
  type ModelName,
} from '@graftjs/model-zoo';
import { checkFolderOut, makeFolderOf } from '../out-file.js';
import { positiveInteger } from '../positive-integer.js';
import { downloadProgress } from '../terminal/download-progress.js';
import { parseModelName } from '../zoo/model-name.js';

interface PullOptions {
  readonly out?: string;
  readonly mirror?: string;
  readonly top: boolean;
  readonly alpha?: number;
  readonly size?: number;
  readonly json: boolean;
}

interface Pulled {
  readonly model: ModelName;
  readonly file: string;
  readonly bytes: number;
  readonly source: string;
  /** Where it was written; missing where it is only in the cache. */
  readonly path?: string;
}

export function addZooPull(zoo: Command, signal: AbortSignal): void {
  zoo
    .command('pull')
    .description('fetch weights into the cache, or into a folder')
    .argument('<name...>', 'models of the zoo')
    .option('--out <folder>', 'write the files here, too')
    .option('--mirror <url>', 'a folder on a server that has the files')
    .option('--no-top', 'the weights without the classifier')
    .option('--alpha <x>', 'width multiplier, of the MobileNets', positiveNumber)
    .option(
      '--size <n>',
      'pixels that the weights were trained at, of the MobileNets',
      positiveInteger,
    )
    .option('--json', 'print what was fetched as JSON', false)
    .addHelpText(
      'after',
      `
A folder filled so is a mirror, once a server serves it: mirror(url) in @graftjs/model-zoo.

Examples:
  graft zoo pull EfficientNet-Lite0
  graft zoo pull ResNet50 DenseNet121 --no-top --out weights/
  graft zoo pull MobileNetV2 --alpha 0.35 --size 96`,
    )
    .action((names: string[], options: PullOptions) => pull(names, options, signal));
}

async function pull(texts: string[], options: PullOptions, signal: AbortSignal): Promise<void> {
  const { out, json, top, alpha, size } = options;
  const providers = options.mirror === undefined ? [] : [mirror(options.mirror)];
  // What cannot be is found before anything is downloaded.
  const wanted = texts.map((text) => {
    const model = parseModelName(text);
    const files = pretrainedFiles(modelTable[model], { alpha, size });
    return { model, file: top ? files.top : files.noTop };
  });
  if (out !== undefined) await checkFolderOut(out);
  const progress = downloadProgress();
  const all: Pulled[] = [];
  try {
    const { onProgress, log } = progress;
    for (const { model, file } of wanted) {
      const { bytes, source, isKept } = await findWeights(file, {
        providers,
        onProgress,
        log,
        signal,
      });
      progress.stop();
      const path = out === undefined ? undefined : join(out, file.name);
      if (path !== undefined) {
        await makeFolderOf(path);
        await writeWhole(path, bytes);
      } else if (!isKept)
        throw new GraftError(`${file.name} is not kept, so it was fetched in vain`);
      const pulled = { model, file: file.name, bytes: bytes.length, source };
      all.push(path === undefined ? pulled : { ...pulled, path });
      if (!json) console.log(describe(all.at(-1) as Pulled));
    }
  } finally {
    progress.stop();
  }
  if (json) console.log(JSON.stringify(all));
}

function describe({ file, bytes, source, path }: Pulled): string {
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  return path === undefined
    ? `${file}: ${size}, from ${source}`
    : `wrote ${path}: ${size}, from ${source}`;
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a positive number.');
}
