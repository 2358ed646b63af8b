// graft zoo: the models of the zoo, as a table, one by one, and measured.

import type { Command } from 'commander';
import { addZooCompare } from './zoo-compare.js';
import { addZooInfo } from './zoo-info.js';
import { addZooList } from './zoo-list.js';
import { addZooPull } from './zoo-pull.js';

export function addZoo(program: Command, signal: AbortSignal): void {
  const zoo = program.command('zoo').description("Keras's image models: list, info, pull, compare");
  for (const add of [addZooList, addZooInfo, addZooPull, addZooCompare]) add(zoo, signal);
}
