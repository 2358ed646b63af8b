// Who can race: every optimizer at its defaults, under the names of the field.

import * as all from '@graftjs/optimizers';
import { invalidArgument } from '@graftjs/core';
import type { RuleOptimizer } from '@graftjs/optimizers';

/** SGD's kin by their settings; the others by their class. */
export const contestants = {
  sgd: () => new all.SGD(),
  momentum: () => new all.SGD({ momentum: 0.9 }),
  nesterov: () => new all.SGD({ momentum: 0.9, nesterov: true }),
  adagrad: () => new all.Adagrad(),
  adadelta: () => new all.Adadelta(),
  rmsprop: () => new all.RMSprop(),
  adam: () => new all.Adam(),
  adamax: () => new all.Adamax(),
  nadam: () => new all.Nadam(),
  adamw: () => new all.AdamW(),
  adafactor: () => new all.Adafactor(),
  ftrl: () => new all.Ftrl(),
  lion: () => new all.Lion(),
  lamb: () => new all.Lamb(),
  lars: () => new all.LARS(),
  muon: () => new all.Muon(),
  radam: () => new all.RAdam(),
  adabelief: () => new all.AdaBelief(),
  prodigy: () => new all.Prodigy(),
  'schedule-free': () => new all.ScheduleFreeAdamW(),
} satisfies Readonly<Record<string, () => RuleOptimizer>>;

export type Contestant = keyof typeof contestants;

/** The lesson's own comparison. */
export const lessonRace: readonly Contestant[] = [
  ...(['sgd', 'momentum', 'nesterov', 'adagrad', 'rmsprop', 'adam', 'adamax', 'nadam'] as const),
];

/** @throws GraftError for a name that is none */
export function parseContestant(text: string): Contestant {
  const name = text.toLowerCase();
  if (Object.hasOwn(contestants, name)) return name as Contestant;
  throw invalidArgument('optimizer', `one of ${Object.keys(contestants).join(', ')}`, text);
}
