// Patience with a server, as an abort signal.

/** Aborts a request when the caller does, or when what is expected does not come. */
export class Watchdog {
  /** What did not come in time. */
  reason: Error | undefined;
  readonly signal: AbortSignal;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly controller = new AbortController();

  constructor(outer: AbortSignal | undefined) {
    const { signal } = this.controller;
    this.signal = outer ? AbortSignal.any([outer, signal]) : signal;
  }

  expect(what: string, milliseconds: number): void {
    this.stop();
    this.timer = setTimeout(() => {
      this.reason = new Error(`no ${what} within ${milliseconds / 1000} s`);
      this.controller.abort(this.reason);
    }, milliseconds);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
