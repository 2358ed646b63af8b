// graft zoo list: all models with their sizes and accuracies.

import type { Command } from 'commander';
import { modelNames, modelTable, type ModelEntry } from '@graftjs/model-zoo';
import { painter } from '../terminal/style.js';
import { zooTable } from '../terminal/zoo-table.js';

export function addZooList(zoo: Command): void {
  zoo
    .command('list')
    .description('list the models: size, accuracy, parameters, depth, multiply-adds')
    .option('--json', 'print the entries as JSON', false)
    .addHelpText('after', '\nExamples:\n  graft zoo list\n  graft zoo list --json')
    .action(({ json }: { json: boolean }) => {
      const entries = modelNames.map((name) => ({ name, ...(modelTable[name] as ModelEntry) }));
      const paint = painter(process.stdout);
      if (json) console.log(JSON.stringify(entries));
      else
        console.log(
          `${zooTable(entries, { paint, width: process.stdout.columns })}\n\n${explanation}`,
        );
    });
}

const explanation = `\
Accuracy on ImageNet's validation set, one crop, as Keras's documentation has it; AlexNet's is its paper's, and no weights
are published for it. Depth counts layers with parameters. Multiply-adds are those of one image of the size given.`;
