// graft inspect: what a model file holds, layer by layer.

import type { Command } from 'commander';
import { isGraftError } from '@graftjs/core';
import type { Resumable } from '@graftjs/keras-format';
import { loadModel, loadResumable } from '@graftjs/keras-format/node';
import { loadBackend } from '../backend.js';
import { modelFacts } from '../model-facts.js';
import { layerTable } from '../terminal/layer-table.js';

export function addInspect(program: Command): void {
  program
    .command('inspect')
    .description("list a model file's layers, shapes, parameters and the statistics of its weights")
    .argument('<file>', 'a model file: .keras, .h5 or .json')
    .option('--json', 'print the facts as JSON', false)
    .addHelpText(
      'after',
      '\nExamples:\n  graft inspect graft-demo/model-a.h5\n  graft inspect model.h5 --json',
    )
    .action(async (file: string, { json }: { json: boolean }) => {
      await loadBackend();
      const facts = modelFacts(file, await load(file));
      console.log(json ? JSON.stringify(facts) : layerTable(facts));
    });
}

/** A model is worth looking at even where its optimizer is one that Graft does not have. */
async function load(file: string): Promise<Resumable & { optimizerProblem?: string }> {
  try {
    return await loadResumable(file);
  } catch (error) {
    if (!isGraftError(error)) throw error;
    return { model: await loadModel(file), optimizerProblem: error.message };
  }
}
