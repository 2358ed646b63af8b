// graft demo: transfer learning on Fashion-MNIST, from the data to the report.

import { access, constants, mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { writeWhole } from '@graftjs/core/node';
import { fashionMnist } from '@graftjs/image-data';
import { loadFashionMnist } from '@graftjs/image-data/node';
import { saveModel } from '@graftjs/keras-format/node';
import { loadBackend, type BackendInfo } from '../backend.js';
import { taskData } from '../demo/data.js';
import { runTrial, type TrainedModel, type Trial } from '../demo/experiment.js';
import { classify } from '../demo/pictures.js';
import { lesson, quick, type Recipe } from '../demo/recipe.js';
import { reportHtml } from '../demo/report.js';
import { summarise, type Summary } from '../demo/summary.js';
import { summaryTable } from '../demo/table.js';
import { positiveInteger } from '../positive-integer.js';
import { silent, terminalProgress } from '../terminal/progress.js';

interface DemoOptions {
  lesson: boolean;
  seeds: number;
  out: string;
  json: boolean;
}

export function addDemo(program: Command, signal: AbortSignal): void {
  program
    .command('demo')
    .description('train on Fashion-MNIST, graft, and compare with training from scratch')
    .option('--lesson', "the lesson's own recipe: SGD at 1e-3 for 20 epochs", false)
    .option('--seeds <n>', 'how often to repeat with other seeds', positiveInteger, 3)
    .option('--out <folder>', 'where models and report go', 'graft-demo')
    .option('--json', 'print the result as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  graft demo                     about a minute: model A by Adam with a 1cycle schedule
  graft demo --lesson --seeds 5  as in the lesson, with mean and spread over five seeds
  graft demo --json > demo.json  for a program to read`,
    )
    .action((options: DemoOptions) => demo(options, signal));
}

async function demo(options: DemoOptions, signal: AbortSignal): Promise<void> {
  const say = options.json ? () => undefined : (line: string) => console.log(line);
  const recipe = options.lesson ? lesson : quick;
  // A folder that cannot be written is found now, not after the training.
  await mkdir(options.out, { recursive: true });
  await access(options.out, constants.W_OK);
  const data = await loadFashionMnist({ signal, log: say });
  say(`Fashion-MNIST: ${data.source}`);
  // The layers are so small that threads would wait for each other.
  const backend = await loadBackend(1);
  say(backendLine(backend));

  const tasks = taskData(data);
  const progress = options.json ? silent : terminalProgress(process.stdout);
  const trials: Trial[] = [];
  for (let seed = 0; seed < options.seeds; seed++) {
    say(`Seed ${seed + 1} of ${options.seeds}`);
    trials.push(await runTrial({ recipe, data: tasks, seed, progress, signal }));
  }
  const summary = summarise(trials);
  const [first] = trials as [Trial];
  const steps = stepsLine(first.a);
  say(`\n${summaryTable(summary)}\n${steps}\n`);

  const classNames = fashionMnist.classNames.filter((_, label) => label !== 5 && label !== 6);
  const { encodePng } = backend;
  const content = {
    title: 'Transfer learning on Fashion-MNIST',
    facts: [`Data: ${data.source}`, backendLine(backend), recipeLine(recipe), steps],
    summary,
    trial: first,
    imagesOfA: await classify(first.a.model, tasks.a.testExamples, classNames, {
      ...{ count: 24, wrongFirst: false, encodePng },
    }),
    imagesOfB: await classify(first.bOnA.model, tasks.b.testExamples, ['Sandal', 'Shirt'], {
      ...{ count: 24, wrongFirst: true, encodePng },
    }),
  };
  signal.throwIfAborted();
  const files = await writeResults(options.out, first, await reportHtml(content), signal);
  for (const file of files) say(`wrote ${file}`);
  if (options.json)
    console.log(JSON.stringify(jsonResult({ options, backend, data, summary, trials, files })));
}

/** Models of the first seed, and the report. */
async function writeResults(
  folder: string,
  trial: Trial,
  html: string,
  signal: AbortSignal,
): Promise<string[]> {
  const models = [
    ['model-a.h5', trial.a.model],
    ['model-b.h5', trial.b.model],
    ['model-b-on-a.h5', trial.bOnA.model],
  ] as const;
  for (const [name, model] of models) {
    signal.throwIfAborted();
    await saveModel(model, join(folder, name));
  }
  const report = join(folder, 'report.html');
  await writeWhole(report, html);
  return [...models.map(([name]) => join(folder, name)), report];
}

interface Result {
  options: DemoOptions;
  backend: BackendInfo;
  data: { source: string };
  summary: Summary;
  trials: readonly Trial[];
  files: readonly string[];
}

function jsonResult({ options, backend, data, summary, trials, files }: Result) {
  const model = ({ testAccuracy, seconds, engine, logs }: TrainedModel) => ({
    ...{ testAccuracy, seconds, engine, logs },
  });
  return {
    recipe: options.lesson ? 'lesson' : 'quick',
    data: data.source,
    backend: backend.backend,
    tensorflow: backend.tensorflow,
    device: backend.device,
    ...summary,
    trials: trials.map(({ seed, a, b, bOnA }) => ({
      ...{ seed, a: model(a), b: model(b), bOnA: model(bOnA) },
    })),
    files,
  };
}

function backendLine({ backend, tensorflow, device }: BackendInfo): string {
  const where = device === 'CPU' ? `CPU, ${availableParallelism()} cores` : 'GPU';
  return `Backend: ${backend}, TensorFlow ${tensorflow}, ${where}`;
}

function recipeLine({ name, a, b, frozen, unfrozen, batchSize }: Recipe): string {
  const optimizer = name === 'lesson' ? 'SGD at 1e-3' : 'Adam with a 1cycle schedule';
  return (
    `Recipe: A ${a.epochs} epochs of ${optimizer}; B ${b.epochs} epochs of SGD at 1e-3; ` +
    `B on A ${frozen.epochs} epochs frozen at 1e-2, ${unfrozen.epochs} unfrozen at 1e-3; batches of ${batchSize}`
  );
}

function stepsLine({ engine, seconds }: TrainedModel): string {
  const how =
    engine?.name === 'graph'
      ? 'steps compiled to one TensorFlow graph'
      : `steps run op by op (${engine?.reason ?? 'none was run'})`;
  return `Model A trained in ${seconds.toFixed(1)} s, ${how}.`;
}
