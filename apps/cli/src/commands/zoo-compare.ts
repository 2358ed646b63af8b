// graft zoo compare: the models' speed on this machine beside their accuracy and size, and the picture of it.

import type { Command } from 'commander';
import { modelNames, modelTable, zooModel, type ModelName } from '@graftjs/model-zoo';
import { loadBackend } from '../backend.js';
import { checkPictureOut, writePicture } from '../charts/picture-file.js';
import { positiveInteger } from '../positive-integer.js';
import { painter } from '../terminal/style.js';
import { zooTable } from '../terminal/zoo-table.js';
import { accuracyChart } from '../zoo/accuracy-chart.js';
import { measureLatency, type Latency } from '../zoo/latency.js';
import { parseModelName } from '../zoo/model-name.js';

interface CompareOptions {
  readonly out: string;
  readonly runs: number;
  readonly json: boolean;
}

export function addZooCompare(zoo: Command, signal: AbortSignal): void {
  zoo
    .command('compare')
    .description('measure the models here, and draw accuracy over operations')
    .argument('[name...]', 'models of the zoo (default: all)')
    .option('--out <file>', 'the picture: .svg, .png or .html', 'zoo-compare.svg')
    .option('--runs <n>', 'how often each model runs', positiveInteger, 5)
    .option('--json', 'print the numbers as JSON', false)
    .addHelpText(
      'after',
      `
No weights are downloaded: a model is as fast with random ones.

Examples:
  graft zoo compare
  graft zoo compare MobileNetV2 EfficientNet-Lite0 ResNet50 --runs 20 --out fast.svg`,
    )
    .action((names: string[], options: CompareOptions) => compare(names, options, signal));
}

async function compare(
  texts: string[],
  options: CompareOptions,
  signal: AbortSignal,
): Promise<void> {
  const { out, runs, json } = options;
  await checkPictureOut(out);
  const names = texts.length > 0 ? [...new Set(texts.map(parseModelName))] : modelNames;
  const { device } = await loadBackend();
  const measured: { name: ModelName; latency: Latency }[] = [];
  for (const [i, name] of names.entries()) {
    if (!json) showStep(`${i + 1} of ${names.length}: ${modelTable[name].title}`);
    const model = await zooModel(name, { weights: null });
    measured.push({ name, latency: await measureLatency(model, runs, signal) });
    model.dispose();
  }
  if (!json) showStep('');
  const models = measured.map(({ name, latency }) => ({
    ...{ name, ...modelTable[name], latency: latency.median },
    fastest: latency.fastest,
  }));
  await writePicture(out, await accuracyChart(models));
  if (json) {
    console.log(JSON.stringify({ device, runs, picture: out, models }));
    return;
  }
  const cells = models.map(({ latency }) => `${latency.toFixed(latency < 100 ? 1 : 0)} ms`);
  const terminal = { paint: painter(process.stdout), width: process.stdout.columns };
  console.log(zooTable(models, { ...terminal, more: [{ head: `here, ${device}`, cells }] }));
  console.log(`\nMedian of ${runs} runs, one image at a time.\nwrote ${out}`);
}

/** One line that is written over; nothing where nobody watches. */
function showStep(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
