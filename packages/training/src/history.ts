// What a run leaves behind: its logs epoch by epoch, and how its steps were run.

import type { Logs, StepEngine } from '@graftjs/core';

export interface History {
  /** By name, a value per epoch: `loss`, the metrics, `learning_rate`, and with validation `val_loss` and so on. */
  readonly logs: Record<string, number[]>;
  /** `graph` where steps ran as one compiled call, `eager` (and why) where op by op. */
  engine: StepEngine | undefined;
}

export function record(history: History, logs: Logs): void {
  for (const [name, value] of Object.entries(logs)) (history.logs[name] ??= []).push(value);
}
