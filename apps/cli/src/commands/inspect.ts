// graft inspect: what a file holds: a model layer by layer, or tensors.

import type { Command } from 'commander';
import { loadContent } from '@graftjs/keras-format/node';
import { loadBackend } from '../backend.js';
import { modelFacts } from '../model-facts.js';
import { tensorFacts } from '../tensor-facts.js';
import { layerTable } from '../terminal/layer-table.js';
import { tensorTable } from '../terminal/tensor-table.js';

export function addInspect(program: Command): void {
  program
    .command('inspect')
    .description("list a file's layers or tensors, their shapes, parameters and statistics")
    .argument(
      '<file>',
      'a model (.keras, .h5, .json) or weights (.weights.h5, .h5, .safetensors, .pt, .pth, .bin, .ckpt)',
    )
    .option('--json', 'print the facts as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  graft inspect graft-demo/model-a.h5
  graft inspect checkpoint.pt
  graft inspect model.weights.h5 --json`,
    )
    .action(async (file: string, { json }: { json: boolean }) => {
      await loadBackend();
      const content = await loadContent(file);
      if (content.kind === 'model') {
        const facts = modelFacts(file, content);
        console.log(json ? JSON.stringify(facts) : layerTable(facts));
      } else {
        const facts = tensorFacts(file, content);
        console.log(json ? JSON.stringify(facts) : tensorTable(facts));
      }
    });
}
