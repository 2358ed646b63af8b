// A model's layers as a table for the terminal.

import Table from 'cli-table3';
import type { ModelFacts, WeightFacts } from '../model-facts.js';
import { statisticsText } from '../statistics.js';
import { shapeText } from './shape-text.js';

export function layerTable(facts: ModelFacts): string {
  const { file, name, parameters, layers } = facts;
  const table = new Table({
    head: ['layer', 'class', 'output', 'parameters', 'weights: mean ± sd [smallest, largest]'],
    colAligns: ['left', 'left', 'left', 'right', 'left'],
    style: { head: [], border: [] },
  });
  for (const layer of layers) {
    const frozen = !layer.trainable && layer.parameters > 0 ? ' (frozen)' : '';
    table.push([
      layer.path,
      `${layer.className}${frozen}`,
      shapeText(layer.outputShape),
      layer.parameters.toLocaleString('en'),
      layer.weights.map(weightText).join('\n'),
    ]);
  }
  const trainable = layers.reduce((sum, l) => sum + (l.trainable ? l.parameters : 0), 0);
  const counts = [parameters, trainable].map((count) => count.toLocaleString('en'));
  return [
    `${file}: model ${name}`,
    table.toString(),
    `${counts[0]} parameters, ${counts[1]} in layers that train`,
    optimizerText(facts),
  ].join('\n');
}

function optimizerText({ optimizer, optimizerProblem }: ModelFacts): string {
  if (optimizerProblem) return `optimizer: not read (${optimizerProblem})`;
  if (!optimizer) return 'optimizer: none';
  return `optimizer: ${optimizer.name} after ${optimizer.iterations.toLocaleString('en')} updates`;
}

function weightText(weight: WeightFacts): string {
  return `${weight.name} ${shapeText(weight.shape)}: ${statisticsText(weight)}`;
}
