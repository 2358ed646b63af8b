// A source: a folder of .gz files behind HTTP.

import { GraftError, isGraftError } from '@graftjs/core';
import { unpack, type DataFile } from './data-file.js';
import type { Source, Watch } from './source.js';

/** Patience in milliseconds: until the first byte of an answer, and from each piece of it to the next. */
export interface Timeouts {
  readonly answer: number;
  readonly stall: number;
}

/** A server may send a file packed or unpacked, yet never much more than it unpacked. */
const slack = 1 << 20;

/** The source behind a URL; its files stand there as `NAME.gz`. */
export function mirror(url: string, timeouts: Timeouts = { answer: 5_000, stall: 10_000 }): Source {
  return {
    name: url,
    async read(files, watch) {
      const total = files.reduce((sum, { packedBytes }) => sum + packedBytes, 0);
      const contents = new Map<string, Uint8Array>();
      let received = 0;
      const onBytes = (bytes: number): void => {
        received += bytes;
        watch.onProgress?.({ source: url, received, total });
      };
      // One after the other, the smallest first: a mirror that is down is known by one request.
      for (const file of [...files].sort((a, b) => a.bytes - b.bytes)) {
        const data = await download(url, file, timeouts, watch, onBytes);
        contents.set(file.name, await unpack(file, data));
      }
      return contents;
    },
  };
}

async function download(
  base: string,
  file: DataFile,
  timeouts: Timeouts,
  { signal }: Watch,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array> {
  const patience = new AbortController();
  const expect = (milliseconds: number, what: string): NodeJS.Timeout =>
    setTimeout(() => {
      patience.abort(new GraftError(`no ${what} within ${milliseconds / 1000} s`));
    }, milliseconds);
  let timer = expect(timeouts.answer, 'answer');
  try {
    const response = await fetch(`${base.replace(/\/*$/, '')}/${file.name}.gz`, {
      signal: signal ? AbortSignal.any([signal, patience.signal]) : patience.signal,
    });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new GraftError(`HTTP ${response.status}`);
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body as ReadableStream<Uint8Array>) {
      clearTimeout(timer);
      timer = expect(timeouts.stall, 'data');
      length += chunk.length;
      if (length > file.bytes + slack) throw new GraftError(`more than ${file.bytes} bytes`);
      chunks.push(chunk);
      onBytes(chunk.length);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw new GraftError(`${file.name}.gz: ${reason(error)}`);
  } finally {
    clearTimeout(timer);
  }
}

/** What went wrong, of an error of ours or one of fetch, which says it in the cause. */
function reason(error: unknown): string {
  const { message, cause } = error as Error;
  if (isGraftError(error) || !(cause instanceof Error)) return message;
  return cause.message || String((cause as NodeJS.ErrnoException).code);
}
