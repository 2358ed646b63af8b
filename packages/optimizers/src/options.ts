// The options that every optimizer takes, as Keras's do, and those that Keras has not.

import { invalidArgument, type Rate } from '@graftjs/core';
import { checkNotNegative, checkPositive } from './checks.js';
import { checkGroups, type ParameterGroups } from './parameter-groups.js';

/** Null, as in Keras, is the same as nothing. */
export interface OptimizerOptions {
  /** A number, or a schedule over the steps made so far. */
  learningRate?: Rate;
  /** λ of decoupled weight decay: w ← w − η·λ·w before each update; default none. */
  weightDecay?: number | null;
  /** What decays: `kernels` (default), variables with two axes or more, so no bias and no scale of a normalization; or `all`, as in Keras. */
  decays?: 'kernels' | 'all';
  /** Each value of a gradient is clipped to [−c, c]. Only one of the four ways to clip. */
  clipvalue?: number | null;
  /** The gradient of each variable is scaled down to this norm. */
  clipnorm?: number | null;
  /** All gradients are scaled down together to this norm. */
  globalClipnorm?: number | null;
  /** The gradient of each unit (column of a matrix, filter) is scaled down to this part of the norm of its weights. */
  adaptiveClip?: number | null;
  /** Subtracts the mean of each unit's gradient; variables with two axes or more. Default false. */
  centralizeGradients?: boolean;
  /** Keeps a running mean of the weights; default false. See `RuleOptimizer.evaluating`. */
  useEma?: boolean;
  /** Its decay, in [0, 1]; default 0.99. */
  emaMomentum?: number;
  /** Every so many updates the weights become their mean; default never. */
  emaOverwriteFrequency?: number | null;
  /** Every so many steps there is one update, by the mean of their gradients; default 1, each. */
  gradientAccumulationSteps?: number | null;
  /** Options of some variables; may be set later, too. */
  groups?: ParameterGroups;
}

export type Settings = Required<Omit<OptimizerOptions, 'learningRate'>>;

/** Options with defaults, checked. */
export function settingsOf(options: OptimizerOptions): Settings {
  const settings: Settings = {
    weightDecay: options.weightDecay ?? null,
    decays: options.decays ?? 'kernels',
    clipvalue: options.clipvalue ?? null,
    clipnorm: options.clipnorm ?? null,
    globalClipnorm: options.globalClipnorm ?? null,
    adaptiveClip: options.adaptiveClip ?? null,
    centralizeGradients: options.centralizeGradients ?? false,
    useEma: options.useEma ?? false,
    emaMomentum: options.emaMomentum ?? 0.99,
    emaOverwriteFrequency: options.emaOverwriteFrequency ?? null,
    gradientAccumulationSteps: options.gradientAccumulationSteps ?? null,
    groups: options.groups ?? {},
  };
  checkNotNegative({ weightDecay: settings.weightDecay ?? 0 });
  if (settings.decays !== 'kernels' && settings.decays !== 'all')
    throw invalidArgument('decays', '"kernels" or "all"', settings.decays);
  checkClipping(settings);
  for (const name of ['centralizeGradients', 'useEma'] as const) {
    if (typeof settings[name] !== 'boolean')
      throw invalidArgument(name, 'true or false', settings[name]);
  }
  const { emaMomentum } = settings;
  if (!(emaMomentum >= 0 && emaMomentum <= 1))
    throw invalidArgument('emaMomentum', 'a number in [0, 1]', emaMomentum);
  checkCount('emaOverwriteFrequency', settings.emaOverwriteFrequency, 1);
  checkCount('gradientAccumulationSteps', settings.gradientAccumulationSteps, 2);
  checkGroups(settings.groups);
  return settings;
}

function checkClipping({ clipvalue, clipnorm, globalClipnorm, adaptiveClip }: Settings): void {
  const given = Object.entries({ clipvalue, clipnorm, globalClipnorm, adaptiveClip }).filter(
    (entry): entry is [string, number] => entry[1] !== null,
  );
  checkPositive(Object.fromEntries(given));
  if (given.length > 1) {
    const names = given.map(([name]) => name);
    throw invalidArgument(names.join(', '), 'given one at a time', Object.fromEntries(given));
  }
}

function checkCount(name: string, value: number | null, least: number): void {
  if (value !== null && !(Number.isInteger(value) && value >= least))
    throw invalidArgument(name, `an integer ≥ ${least}`, value);
}
