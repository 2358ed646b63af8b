// Lets a run be paused from outside, and go on.

/** Makes runs wait, and go on; one may serve several. */
export interface PauseController {
  readonly paused: boolean;
  /** Lets `fit` wait after the batch it is at. */
  pause(): void;
  resume(): void;
  /** Fulfilled at once where nothing is paused, else when that ends or the signal is aborted. */
  untilResumed(signal?: AbortSignal): Promise<void>;
}

/**
 * A switch for `fit`: while it is paused, no batch is trained, and the model's weights are current. Timers and events have
 * their turn meanwhile; an abort ends the wait.
 *
 * @example
 * const pause = pauseController();
 * button.onclick = () => (pause.paused ? pause.resume() : pause.pause());
 * await fit(model, train, { optimizer, loss, epochs: 20, pause });
 */
export function pauseController(): PauseController {
  let paused = false;
  const waiting = new Set<() => void>();
  return {
    get paused() {
      return paused;
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      for (const goOn of waiting) goOn();
    },
    async untilResumed(signal) {
      if (!paused || signal?.aborted) return;
      let goOn = (): void => undefined;
      await new Promise<void>((resolve) => {
        goOn = resolve;
        waiting.add(goOn);
        signal?.addEventListener('abort', goOn);
      });
      waiting.delete(goOn);
      signal?.removeEventListener('abort', goOn);
    },
  };
}
