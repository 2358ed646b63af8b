// Which value a callback watches, and what counts as better.

import { GraftError, invalidArgument, type Logs } from '@graftjs/core';

/** What callbacks that watch a value share. */
export interface MonitorOptions {
  /** A name in the logs. Default: `'val_loss'`. */
  readonly monitor?: string;
  /** Whether less or more is better. Default: by the name, for losses and for the metrics of this package. */
  readonly mode?: 'min' | 'max';
  /** By how much a value must be better to count. Default: 0. */
  readonly minDelta?: number;
}

/** Watches one value of the logs. */
export interface Monitor {
  /** @throws GraftError where the logs have no such value */
  valueIn(logs: Logs): number;
  /** Whether a value is better than another; NaN is never. */
  isBetter(value: number, than: number): boolean;
}

const FALLING = /loss|error|crossentropy|divergence|poisson|hinge/i;
const RISING = /acc|auc|precision|recall/i;

/**
 * @throws GraftError for a mode that is none, or where the name does not tell it
 */
export function makeMonitor(options: MonitorOptions): Monitor {
  const { monitor = 'val_loss', minDelta = 0 } = options;
  if (!(Number.isFinite(minDelta) && minDelta >= 0))
    throw invalidArgument('minDelta', 'a finite number ≥ 0', minDelta);
  const mode = options.mode ?? modeOf(monitor);
  if (mode !== 'min' && mode !== 'max') throw invalidArgument('mode', "'min' or 'max'", mode);
  return {
    valueIn(logs) {
      const value = logs[monitor];
      if (value !== undefined) return value;
      throw invalidArgument('monitor', `one of ${Object.keys(logs).join(', ')}`, monitor);
    },
    isBetter: (value, than) => (mode === 'min' ? value < than - minDelta : value > than + minDelta),
  };
}

function modeOf(name: string): 'min' | 'max' {
  if (RISING.test(name)) return 'max';
  if (FALLING.test(name)) return 'min';
  throw new GraftError(
    `mode must be given, 'min' or 'max', for a monitor that does not tell it. Received: ${JSON.stringify(name)}`,
  );
}
