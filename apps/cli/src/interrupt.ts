// Turns Ctrl-C into a clean end: work is told to stop, and what it had not finished leaves no file behind.

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Why the command was stopped. */
export class Interrupted extends Error {
  constructor(readonly signal: keyof typeof EXIT_CODES) {
    super(`stopped by ${signal === 'SIGINT' ? 'Ctrl-C' : signal}; no file was left half written`);
  }

  get exitCode(): number {
    return EXIT_CODES[this.signal];
  }
}

/** One Ctrl-C may reach the process twice, from the terminal and from a parent that passes it on. */
const SAME_PRESS_MS = 1000;

/** Runs work with a signal that Ctrl-C aborts; a second Ctrl-C ends the process at once. */
export async function interruptible(
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM'] as const;
  let pressed = 0;
  const stop = (name: NodeJS.Signals): void => {
    const reason = new Interrupted(name as (typeof names)[number]);
    if (!controller.signal.aborted) {
      pressed = performance.now();
      controller.abort(reason);
    } else if (performance.now() - pressed > SAME_PRESS_MS) process.exit(reason.exitCode);
  };
  for (const name of names) process.on(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of names) process.off(name, stop);
  }
}
