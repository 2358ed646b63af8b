// Whole runs under a name: what a preset says, options and a config may say otherwise.

import { invalidArgument } from '@graftjs/core';
import type { Config } from '../config/apply-config.js';

const presets = {
  /** The head, augmentation and batches of the course's experiment with cats and dogs. */
  lesson: { hidden: 64, dropout: 0.5, augment: 'standard', 'batch-size': 64, epochs: 20 },
  /** As good as it gets without a choice of one's own, in more time. */
  thorough: { augment: 'standard', 'fine-tune': 5 },
} as const satisfies Readonly<Record<string, Config>>;

export const presetNames = Object.keys(presets);

/** @throws GraftError for a name that is none */
export function presetOf(name: string): Config {
  if (Object.hasOwn(presets, name)) return presets[name as keyof typeof presets];
  throw invalidArgument('--preset', `one of ${presetNames.join(', ')}`, name);
}
