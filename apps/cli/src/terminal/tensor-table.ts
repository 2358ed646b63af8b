// The tensors of a file as a table for the terminal.

import Table from 'cli-table3';
import { statisticsText } from '../statistics.js';
import { sizeOf, type TensorFileFacts } from '../tensor-facts.js';
import { shapeText } from './shape-text.js';

export function tensorTable(facts: TensorFileFacts): string {
  const { file, tensors, parameters, optimizer, modelProblem } = facts;
  const table = new Table({
    head: ['tensor', 'shape', 'type', 'numbers', 'mean ± sd [smallest, largest]'],
    colAligns: ['left', 'left', 'left', 'right', 'left'],
    style: { head: [], border: [] },
  });
  for (const tensor of tensors) {
    const { name, shape, dtype } = tensor;
    const numbers = sizeOf(shape).toLocaleString('en');
    table.push([name, shapeText(shape), dtype, numbers, statisticsText(tensor)]);
  }
  return [
    `${file}: ${tensors.length} tensors`,
    ...(modelProblem === undefined ? [] : [`model: not built (${modelProblem})`]),
    table.toString(),
    `${parameters.toLocaleString('en')} parameters`,
    ...(optimizer
      ? [`optimizer: its state after ${optimizer.iterations.toLocaleString('en')} updates`]
      : []),
  ].join('\n');
}
