// Progress bars of training on a terminal; a line per finished run where the output is no terminal.

import { SingleBar } from 'cli-progress';
import type { Callback, Logs } from '@graftjs/core';

/** Reading the loss synchronises the device, so it is read a few times a second only. */
const READ_EVERY_MS = 250;

export interface Progress {
  /** A callback that shows a training run of several phases under one title. */
  track(title: string, epochs: number): Callback & { done(summary: string): void };
}

export const silent: Progress = { track: () => ({ done: () => undefined }) };

export function terminalProgress(stream: NodeJS.WriteStream): Progress {
  return {
    track: (title, epochs) =>
      stream.isTTY ? barCallback(stream, title, epochs) : lineCallback(stream, title),
  };
}

function barCallback(
  stream: NodeJS.WriteStream,
  title: string,
  epochs: number,
): Callback & { done(summary: string): void } {
  const bar = new SingleBar({
    ...{ stream, hideCursor: true, clearOnComplete: true, fps: 10, barsize: 24, etaBuffer: 300 },
    format: `  ${title} {bar} epoch {epoch}/${epochs}  {logs}  {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  let started = false;
  let finishedEpochs = 0;
  let read = 0;
  const stop = (): void => {
    if (started) bar.stop();
    started = false;
  };
  return {
    onEpochBegin() {
      bar.update({ epoch: finishedEpochs + 1 });
    },
    onTrainBegin({ batches }) {
      if (started) return;
      bar.start(epochs * batches, 0, { epoch: 1, logs: '' });
      started = true;
    },
    async onBatchEnd({ batch, batches, readLogs }) {
      bar.update(finishedEpochs * batches + batch + 1);
      if (performance.now() - read < READ_EVERY_MS) return;
      read = performance.now();
      bar.update({ logs: formatLogs(await readLogs()) });
    },
    onEpochEnd() {
      finishedEpochs++;
    },
    done(summary) {
      stop();
      stream.write(`  ${title} ${summary}\n`);
    },
  };
}

function lineCallback(
  stream: NodeJS.WriteStream,
  title: string,
): Callback & { done(summary: string): void } {
  return { done: (summary) => stream.write(`  ${title} ${summary}\n`) };
}

function formatLogs(logs: Logs): string {
  return Object.entries(logs)
    .map(([name, value]) => `${name} ${value.toFixed(3)}`)
    .join('  ');
}
