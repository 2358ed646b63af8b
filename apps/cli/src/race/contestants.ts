// Who can race: every optimizer at its defaults, under the names of the field.

import * as all from '@graftjs/optimizers';
import { invalidArgument } from '@graftjs/core';
import type { OptimizerOptions, RuleOptimizer } from '@graftjs/optimizers';

/** SGD's kin by their settings; the others by their class. Options are those of the class. */
const makers = {
  sgd: (options) => new all.SGD(options),
  momentum: (options) => new all.SGD({ momentum: 0.9, ...options }),
  nesterov: (options) => new all.SGD({ momentum: 0.9, nesterov: true, ...options }),
  adagrad: (options) => new all.Adagrad(options),
  adadelta: (options) => new all.Adadelta(options),
  rmsprop: (options) => new all.RMSprop(options),
  adam: (options) => new all.Adam(options),
  adamax: (options) => new all.Adamax(options),
  nadam: (options) => new all.Nadam(options),
  adamw: (options) => new all.AdamW(options),
  adafactor: (options) => new all.Adafactor(options),
  ftrl: (options) => new all.Ftrl(options),
  lion: (options) => new all.Lion(options),
  lamb: (options) => new all.Lamb(options),
  lars: (options) => new all.LARS(options),
  muon: (options) => new all.Muon(options),
  radam: (options) => new all.RAdam(options),
  adabelief: (options) => new all.AdaBelief(options),
  prodigy: (options) => new all.Prodigy(options),
  'schedule-free': (options) => new all.ScheduleFreeAdamW(options),
} satisfies Readonly<Record<string, (options: OptimizerOptions | undefined) => RuleOptimizer>>;

export type Contestant = keyof typeof makers;

export const contestants: Readonly<
  Record<Contestant, (options?: OptimizerOptions) => RuleOptimizer>
> = makers;

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
