// A worker of its own for each model: one that is stopped leaves nothing behind, whatever it was doing.

import { proxy, wrap } from 'comlink';
import type { PredictionWorker } from './protocol.js';

export interface StartedWorker extends PredictionWorker {
  /** Ends it at once; what it was asked for stays unanswered. */
  stop(): void;
}

export function startWorker(): StartedWorker {
  const worker = new Worker(new URL('./worker/main.ts', import.meta.url), { type: 'module' });
  const remote = wrap<PredictionWorker>(worker);
  // A worker that breaks answers nothing more.
  const broken = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) => {
      reject(new Error(`the worker broke off: ${message || 'its script did not load'}`));
    });
  });
  broken.catch(() => undefined);
  const answer = <T>(work: Promise<T>): Promise<T> => Promise.race([work, broken]);
  return {
    backends: () => answer(remote.backends()),
    zoo: () => answer(remote.zoo()),
    load: (request, onProgress) => answer(remote.load(request, proxy(onProgress))),
    predict: (photo) => answer(remote.predict(photo)),
    stop: () => worker.terminate(),
  };
}
