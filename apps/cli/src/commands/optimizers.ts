// graft optimizers race: several optimizers on the lesson's model A, in one picture.

import Table from 'cli-table3';
import type { Command } from 'commander';
import { invalidArgument } from '@graftjs/core';
import { loadFashionMnist } from '@graftjs/image-data/node';
import { loadBackend } from '../backend.js';
import { lineChart } from '../charts/line-chart.js';
import { taskData } from '../demo/data.js';
import { checkPictureOut, writePicture } from '../charts/picture-file.js';
import { positiveInteger } from '../positive-integer.js';
import { contestants, lessonRace, parseContestant } from '../race/contestants.js';
import { raceOne, type RacePoint, type RaceResult } from '../race/run-race.js';
import { silent, terminalProgress } from '../terminal/progress.js';

interface RaceCommandOptions {
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly out: string;
  readonly json: boolean;
}

export function addOptimizers(program: Command, signal: AbortSignal): void {
  program
    .command('optimizers')
    .description('optimizers: race')
    .command('race')
    .description("train the lesson's model A on Fashion-MNIST by several optimizers")
    .argument('[optimizer...]', `which (default: ${lessonRace.join(', ')})`)
    .option('--epochs <n>', 'how long', positiveInteger, 3)
    .option('--batch-size <n>', 'images for one update', positiveInteger, 32)
    .option('--seed <n>', 'for the first weights and the order of the images', Number, 0)
    .option('--out <file>', 'the picture: .svg, .png or .html', 'optimizers-race.svg')
    .option('--json', 'print the result as JSON', false)
    .addHelpText(
      'after',
      `
Each starts from the same weights, sees the images in the same order, and has its own defaults. All there are:
  ${Object.keys(contestants).join(', ')}

Examples:
  graft optimizers race
  graft optimizers race adam adamw lion muon --epochs 5 --out modern.svg`,
    )
    .action((names: string[], options: RaceCommandOptions) => race(names, options, signal));
}

async function race(
  texts: string[],
  options: RaceCommandOptions,
  signal: AbortSignal,
): Promise<void> {
  const { out, json, seed } = options;
  await checkPictureOut(out);
  if (!Number.isSafeInteger(seed)) throw invalidArgument('--seed', 'an integer', seed);
  const names = texts.length > 0 ? [...new Set(texts.map(parseContestant))] : lessonRace;
  const say = json ? () => undefined : (line: string) => console.log(line);
  const images = await loadFashionMnist({ signal, log: say });
  const { device } = await loadBackend();
  const { a } = taskData(images);
  const progress = json ? silent : terminalProgress(process.stdout);
  const results: RaceResult[] = [];
  for (const name of names) results.push(await raceOne(name, a, { ...options, progress, signal }));
  await writePicture(out, await picture(results));
  if (json) console.log(JSON.stringify({ device, data: images.source, picture: out, results }));
  else console.log(`${table(results)}\nwrote ${out}`);
}

function picture(results: readonly RaceResult[]): Promise<string> {
  const panel = (title: string, x: string, of: (point: RacePoint) => number) => ({
    ...{ title, x, y: 'loss', log: true },
    curves: results.map(({ name, points }) => ({
      name,
      points: points.map((point) => ({ x: of(point), y: point.loss })),
    })),
  });
  return lineChart('Model A on Fashion-MNIST: training loss', [
    panel('over steps', 'step', ({ step }) => step),
    panel('over time', 'seconds', ({ seconds }) => seconds),
  ]);
}

/** The best first. */
function table(results: readonly RaceResult[]): string {
  const rows = new Table({
    head: ['optimizer', 'loss', 'validation accuracy', 'seconds'],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  const inOrder = [...results].sort((a, b) => b.validationAccuracy - a.validationAccuracy);
  for (const { name, trainLoss, validationAccuracy, seconds } of inOrder) {
    const accuracy = `${(100 * validationAccuracy).toFixed(2)} %`;
    rows.push([name, trainLoss.toFixed(4), accuracy, seconds.toFixed(1)]);
  }
  return rows.toString();
}
