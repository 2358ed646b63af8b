// An optimizer as it is named on the command line: `adam`, `sgd:momentum=0.9`, or its config as JSON.

import { invalidArgument, type Rate } from '@graftjs/core';
import type { RuleOptimizer } from '@graftjs/optimizers';
import { parseSettings } from '../parse-settings.js';
import { contestants, parseContestant } from './contestants.js';

const form = { what: 'an optimizer', example: 'sgd:momentum=0.9', key: 'optimizer' } as const;

/**
 * @param rate instead of the optimizer's own; default: that
 * @throws GraftError for a name that is none, and for an option that the optimizer does not have or take
 */
export function makeOptimizer(text: string, rate?: Rate): RuleOptimizer {
  const { name, settings } = parseSettings(text, form);
  const make = contestants[parseContestant(name)];
  const made = make({ ...settings, ...(rate !== undefined && { learningRate: rate }) });
  const known = Object.keys(made.getConfig());
  const unknown = Object.keys(settings).find((option) => !known.includes(option));
  if (unknown === undefined) return made;
  made.dispose();
  throw invalidArgument(
    `an option of the optimizer '${name}'`,
    `one of ${known.join(', ')}`,
    unknown,
  );
}
