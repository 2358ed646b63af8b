// A file over HTTP: in pieces where the connection breaks, each begun where the last one ended.

import { GraftError, invalidArgument, isGraftError } from '@graftjs/core';
import { ByteBuffer } from './byte-buffer.js';
import { Watchdog } from './watchdog.js';
import type { Part } from './weights-store.js';

/** Patience in milliseconds, and how often a download that makes no headway is begun. */
export interface Patience {
  /** Until the server answers. */
  readonly answer: number;
  /** From each piece of the body to the next. */
  readonly stall: number;
  /** Before the second attempt; it doubles from one to the next. */
  readonly pause: number;
  readonly attempts: number;
}

const standard: Patience = { answer: 30_000, stall: 30_000, pause: 500, attempts: 4 };

/** No published file is a quarter of it. */
const mostBytes = 2 ** 31 - 1;

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (received: number, total: number | undefined) => void;
  /** What an earlier download has left. It is used where the server still has the same file. */
  readonly part?: Part | undefined;
  /** Takes what is there when the download fails or is stopped, if it can be gone on with. */
  readonly onBroken?: (part: Part) => Promise<void>;
  readonly patience?: Patience | undefined;
}

/**
 * The bytes of a URL.
 *
 * @returns also whether some of them came from `part`; undefined where the server says 404 or 410
 * @throws GraftError with the reason, or the reason of `signal`
 */
export async function download(
  url: string,
  { signal, onProgress, part, onBroken, patience = standard }: DownloadOptions = {},
): Promise<{ bytes: Uint8Array<ArrayBuffer>; resumed: boolean } | undefined> {
  if (!URL.canParse(url)) throw invalidArgument('url', 'a URL', url);
  const attempt = new Attempt(url, part, patience, onProgress);
  try {
    for (let failures = 0; ;) {
      const before = attempt.buffer.length;
      try {
        const isThere = await attempt.run(signal);
        return isThere ? { bytes: attempt.buffer.bytes(), resumed: attempt.keepsPart } : undefined;
      } catch (error) {
        signal?.throwIfAborted();
        failures = attempt.buffer.length > before ? 1 : failures + 1;
        // A host that was never reached is not there; one that was may come back.
        if (isGraftError(error) || !attempt.hasReached || failures >= patience.attempts)
          throw error;
        await sleep(patience.pause * 2 ** (failures - 1), signal);
      }
    }
  } catch (error) {
    const { origin, buffer } = attempt;
    if (origin !== undefined && buffer.length > 0) {
      await onBroken?.({ origin, bytes: buffer.bytes() });
    }
    signal?.throwIfAborted();
    throw new GraftError(reasonOf(error), { cause: error });
  }
}

/** What has arrived, and the next request that adds to it. */
class Attempt {
  readonly buffer: ByteBuffer;
  origin: string | undefined;
  keepsPart: boolean;
  hasReached = false;

  constructor(
    private readonly url: string,
    part: Part | undefined,
    private readonly patience: Patience,
    private readonly onProgress: DownloadOptions['onProgress'],
  ) {
    this.buffer = new ByteBuffer(part?.bytes);
    this.origin = part?.origin;
    this.keepsPart = part !== undefined;
  }

  /** @returns false where there is no such file. @throws GraftError where another attempt would not help */
  async run(signal: AbortSignal | undefined): Promise<boolean> {
    const watchdog = new Watchdog(signal);
    watchdog.expect('answer', this.patience.answer);
    try {
      const begin = this.buffer.length;
      const response = await fetch(this.url, {
        signal: watchdog.signal,
        cache: 'no-store',
        // Not If-Range: a page may send this one header to another host without asking first.
        headers: begin > 0 ? { range: `bytes=${begin}-` } : {},
      });
      this.hasReached = true;
      if (response.status === 404 || response.status === 410) {
        await response.body?.cancel();
        return false;
      }
      if (begin > 0 && !this.continues(response)) {
        this.forget();
        if (response.status !== 200) {
          await response.body?.cancel();
          return await this.run(signal);
        }
      }
      checkStatus(response.status);
      this.origin = originOf(this.url, response);
      await this.take(response, watchdog);
      return true;
    } catch (error) {
      // An abort by the watchdog hides its reason behind an error of fetch.
      throw watchdog.reason ?? error;
    } finally {
      watchdog.stop();
    }
  }

  /** Whether the answer is the rest of the very file that `buffer` begins. */
  private continues(response: Response): boolean {
    const first = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
    const isRest = response.status === 206 && Number(first) === this.buffer.length;
    return isRest && this.origin !== undefined && originOf(this.url, response) === this.origin;
  }

  private forget(): void {
    this.buffer.cut(0);
    this.origin = undefined;
    this.keepsPart = false;
  }

  private async take(response: Response, watchdog: Watchdog): Promise<void> {
    // With compression the length would be that of other bytes.
    const isPlain = response.headers.get('content-encoding') === null;
    const length = Number(response.headers.get('content-length'));
    const total = isPlain && length > 0 ? this.buffer.length + length : undefined;
    checkLength(total ?? 0);
    this.buffer.reserve(total ?? 0);
    const reader = response.body?.getReader();
    for (;;) {
      watchdog.expect('data', this.patience.stall);
      const { value } = (await reader?.read()) ?? {};
      if (value === undefined) break;
      checkLength(this.buffer.length + value.length);
      this.buffer.append(value);
      this.onProgress?.(this.buffer.length, total);
    }
    if (total !== undefined && this.buffer.length !== total) {
      throw new Error(`the answer ended after ${this.buffer.length} of ${total} bytes`);
    }
  }
}

/** Names one version of the file behind a URL; undefined where the server does not tell versions apart. */
function originOf(url: string, { headers }: Response): string | undefined {
  if (headers.get('content-encoding') !== null) return undefined;
  const etag = headers.get('etag');
  const version = etag?.startsWith('"') ? etag : headers.get('last-modified');
  return version === null ? undefined : `${url} ${version}`;
}

function checkStatus(status: number): void {
  if (status === 200 || status === 206) return;
  const passes = status >= 500 || status === 429 || status === 408;
  throw new (passes ? Error : GraftError)(`HTTP ${status}`);
}

function checkLength(length: number): void {
  if (length > mostBytes) throw new GraftError(`more than ${mostBytes} bytes`);
}

/** What went wrong, of an error of ours or one of fetch, which says it in the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  if (isGraftError(error) || !(cause instanceof Error)) return message;
  return cause.message || String((cause as { code?: unknown }).code);
}

function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
