// Bars for work that is counted, with the rate and the time left; nothing where nobody watches.

import { SingleBar } from 'cli-progress';
import type { Callback } from '@graftjs/core';

export interface CountBar {
  /** So many are done now. */
  update(done: number): void;
  stop(): void;
}

export function countBar(stream: NodeJS.WriteStream, title: string, total: number): CountBar {
  if (!stream.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    ...{ stream, hideCursor: true, clearOnComplete: true, fps: 10, barsize: 24, etaBuffer: 300 },
    format: `  ${title} {bar} {value}/{total}  {rate} a second  {eta_formatted} left`,
    ...{ barCompleteChar: '█', barIncompleteChar: '░' },
  });
  const started = performance.now();
  bar.start(total, 0, { rate: 0 });
  return {
    update(done) {
      const rate = Math.round((1000 * done) / (performance.now() - started));
      bar.update(Math.min(done, total), { rate });
    },
    stop: () => bar.stop(),
  };
}

/** Photos seen in all epochs of a `fit`. */
export function fitBar(
  stream: NodeJS.WriteStream,
  title: string,
  examples: number,
): { readonly callback: Callback; stop(): void } {
  let bar: CountBar | undefined;
  const callback: Callback = {
    onTrainBegin({ epochs }) {
      bar = countBar(stream, title, epochs * examples);
    },
    onBatchEnd({ epoch, batch, batches }) {
      bar?.update(Math.round((epoch + (batch + 1) / batches) * examples));
    },
  };
  return { callback, stop: () => bar?.stop() };
}
