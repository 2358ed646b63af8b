// The momentum of the 1cycle policy: low while the rate is high.

import { invalidArgument } from './errors.js';
import { makeSchedule, type Schedule } from './schedule.js';
import { type Anneal, threePhases } from './three-phases.js';

/** Options of {@link oneCycleMomentum}; `steps`, `finalFraction` and `anneal` must be those of the `oneCycle` beside it. */
export interface OneCycleMomentumOptions {
  /** Number of updates in the whole training: epochs × batches in an epoch. */
  readonly steps: number;
  /** The momentum at the start and at the end, from 0 to below 1. Default: 0.95. */
  readonly maxMomentum?: number;
  /** The momentum where the rate is highest, from 0 to `maxMomentum`. Default: 0.85. */
  readonly minMomentum?: number;
  /** Share of the steps that the last phase takes, from 0 to below 1. Default: 0.1. */
  readonly finalFraction?: number;
  /** The way from one value to the next: a straight line or half a cosine. Default: 'linear'. */
  readonly anneal?: Anneal;
}

/**
 * The momentum that goes with `oneCycle`: from `maxMomentum` down to `minMomentum` while the rate rises, back while it
 * falls, and `maxMomentum` to the end. As `OneCycleLR` of torch cycles it. Optimizers of `@graftjs/optimizers` take it as
 * `momentum`, those of Adam's kin as `beta1`.
 *
 * Source: Smith, A disciplined approach to neural network hyper-parameters, 2018.
 *
 * @throws RangeError when an option is out of range
 * @example
 * const momentum = oneCycleMomentum({ steps: 100 });
 * momentum(0); // 0.95
 * momentum(44); // 0.85
 * momentum(99); // 0.95
 */
export function oneCycleMomentum(options: OneCycleMomentumOptions): Schedule {
  const { steps, maxMomentum: max = 0.95, minMomentum: min = 0.85 } = options;
  const { finalFraction = 0.1, anneal = 'linear' } = options;
  if (!(max >= 0 && max < 1)) throw invalidArgument('maxMomentum', 'a number in [0, 1)', max);
  if (!(min >= 0 && min <= max))
    throw invalidArgument('minMomentum', `a number from 0 to maxMomentum, ${max}`, min);
  return makeSchedule(
    'oneCycleMomentum',
    { steps, maxMomentum: max, minMomentum: min, finalFraction, anneal },
    threePhases({ steps, finalFraction, anneal }, [max, min, max, max]),
  );
}
