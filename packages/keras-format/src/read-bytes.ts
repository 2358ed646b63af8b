// A model file as bytes, from wherever a page or a program has it.

import { GraftError, invalidArgument, isGraftError } from '@graftjs/core';

/** A string is a URL, absolute or, in a page, relative to it. */
export type BytesSource = Uint8Array | ArrayBuffer | Blob | URL | string;

export interface ReadBytesOptions {
  /** Called as bytes of a URL arrive; `total` where the server has told it. */
  readonly onProgress?: (progress: { loaded: number; total?: number }) => void;
  /** Stops the download; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** More bytes than these are refused, as soon as they are known of. Default 4 GiB. */
  readonly maxBytes?: number;
}

/**
 * The bytes of a file, for `modelFromKeras` and its kin.
 *
 * @throws GraftError when there is no such file, or a larger one than `maxBytes`
 * @example
 * const onProgress = ({ loaded, total }) => (bar.value = total ? loaded / total : 0);
 * const model = await modelFromKeras(await readBytes('models/clothes.keras', { onProgress }));
 * const other = await modelFromH5(await readBytes(input.files[0]));
 */
export async function readBytes(
  source: BytesSource,
  { onProgress, signal, maxBytes = 2 ** 32 }: ReadBytesOptions = {},
): Promise<Uint8Array> {
  signal?.throwIfAborted();
  const check = (size: number): void => {
    if (size > maxBytes) throw invalidArgument('source', `no larger than ${maxBytes} bytes`, size);
  };
  if (source instanceof Uint8Array) {
    check(source.byteLength);
    return source;
  }
  if (source instanceof ArrayBuffer) {
    check(source.byteLength);
    return new Uint8Array(source);
  }
  if (source instanceof Blob) {
    check(source.size);
    return new Uint8Array(await source.arrayBuffer());
  }
  if (typeof source !== 'string' && !(source instanceof URL)) {
    throw invalidArgument('source', 'bytes, a Blob or a URL', source);
  }
  try {
    return await download(source, check, onProgress, signal);
  } catch (error) {
    if (isGraftError(error) || signal?.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new GraftError(`${String(source)} cannot be read: ${reason}`, { cause: error });
  }
}

async function download(
  source: URL | string,
  check: (size: number) => void,
  onProgress: ReadBytesOptions['onProgress'],
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const response = await fetch(source, signal ? { signal } : {});
  const reader = response.body?.getReader();
  try {
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return await readAll(response, reader, check, onProgress);
  } catch (error) {
    // Else the server would go on sending what nobody takes.
    await reader?.cancel().catch(() => undefined);
    throw error;
  }
}

async function readAll(
  response: Response,
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  check: (size: number) => void,
  onProgress: ReadBytesOptions['onProgress'],
): Promise<Uint8Array> {
  // With compression the length would be that of other bytes.
  const isPlain = response.headers.get('content-encoding') === null;
  const length = isPlain ? Number(response.headers.get('content-length')) : 0;
  const total = Number.isSafeInteger(length) && length > 0 ? length : undefined;
  if (total !== undefined) check(total);
  const parts: Uint8Array[] = [];
  let loaded = 0;
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    parts.push(part.value);
    loaded += part.value.byteLength;
    check(loaded);
    onProgress?.({ loaded, ...(total !== undefined && { total }) });
  }
  const bytes = new Uint8Array(loaded);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
