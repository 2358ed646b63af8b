// graft inspect: what a model file holds, layer by layer.

import type { Command } from 'commander';
import { loadModel } from '@graftjs/keras-format/node';
import { loadBackend } from '../backend.js';
import { modelFacts } from '../model-facts.js';
import { layerTable } from '../terminal/layer-table.js';

export function addInspect(program: Command): void {
  program
    .command('inspect')
    .description("list a model file's layers, shapes, parameters and the statistics of its weights")
    .argument('<file>', 'a model file: .h5')
    .option('--json', 'print the facts as JSON', false)
    .addHelpText(
      'after',
      '\nExamples:\n  graft inspect graft-demo/model-a.h5\n  graft inspect model.h5 --json',
    )
    .action(async (file: string, { json }: { json: boolean }) => {
      await loadBackend();
      const model = await loadModel(file);
      const facts = modelFacts(file, model);
      console.log(json ? JSON.stringify(facts) : layerTable(facts));
    });
}
