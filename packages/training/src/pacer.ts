// Lets a long synchronous loop breathe: timers, signals and the page's events get their turn a few times a second.

const INTERVAL_MS = 40;

/** Call the result after each piece of work; it throws the signal's reason once that is aborted. */
export function pacer(signal?: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last > INTERVAL_MS) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      last = performance.now();
    }
    signal?.throwIfAborted();
  };
}
