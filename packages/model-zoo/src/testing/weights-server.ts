// For tests: a server of files that knows ranges and entity tags, and that can be told to break.

import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';

export interface WeightsServer {
  readonly url: string;
  readonly files: Map<string, Uint8Array>;
  /** What was asked for so far: `/a.h5`, `/a.h5 bytes=100-`. */
  readonly requests: string[];
  /** Answers in place of the server, once; it returns false to leave it to the server after all. */
  intercept: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  /** Bytes of a body after which the connection breaks; for each request, the first one first. */
  readonly cuts: number[];
  /** Whether files have entity tags. */
  hasTags: boolean;
}

/** Starts a server that is closed after the test. */
export async function serveWeights(
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<WeightsServer> {
  const server = createServer((request, response) => {
    const { range } = request.headers;
    state.requests.push(range === undefined ? `${request.url}` : `${request.url} ${range}`);
    response.setHeader('access-control-allow-origin', '*');
    if (state.intercept?.(request, response)) return;
    answer(state, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const state: WeightsServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files: new Map(Object.entries(files)),
    ...{ requests: [], cuts: [], hasTags: true, intercept: undefined },
  };
  return state;
}

function answer(
  { files, cuts, hasTags }: WeightsServer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const content = files.get(decodeURIComponent(request.url ?? '').slice(1));
  if (content === undefined) {
    response.writeHead(404).end();
    return;
  }
  const first = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (hasTags) response.setHeader('etag', `"${hashOf(content, 'md5')}"`);
  if (first >= content.length) {
    response.writeHead(416).end();
    return;
  }
  const body = content.subarray(first);
  response.setHeader('content-length', body.length);
  if (first > 0) {
    const range = `bytes ${first}-${content.length - 1}/${content.length}`;
    response.setHeader('content-range', range).writeHead(206);
  }
  const cut = cuts.shift() ?? Infinity;
  if (cut >= body.length) response.end(body);
  else response.write(body.subarray(0, cut), () => setTimeout(() => response.destroy(), 20));
}

/** In hexadecimal. */
export function hashOf(content: Uint8Array, algorithm: 'md5' | 'sha256'): string {
  return createHash(algorithm).update(content).digest('hex');
}

/** Points Graft's and Keras's caches to an empty folder that is gone after the test. */
export async function emptyCaches(): Promise<{ graft: string; keras: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'graft-weights-'));
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });
  vi.stubEnv('GRAFT_CACHE', join(folder, 'graft'));
  vi.stubEnv('KERAS_HOME', join(folder, 'keras'));
  return { graft: join(folder, 'graft', 'weights'), keras: join(folder, 'keras', 'models') };
}
