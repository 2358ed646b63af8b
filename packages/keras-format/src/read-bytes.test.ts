// Bytes from memory, blobs and a server, with progress, limits and an end.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBytes } from './read-bytes.js';

const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);

describe('readBytes from memory', () => {
  it.each([
    ['a Uint8Array', bytes],
    ['an ArrayBuffer', bytes.buffer],
    ['a Blob', new Blob([bytes])],
  ])('takes %s, and no more than it may', async (_, source) => {
    expect(await readBytes(source)).toEqual(bytes);
    await expect(readBytes(source, { maxBytes: 299_999 })).rejects.toThrow(
      'source must be no larger than 299999 bytes. Received: 300000',
    );
  });

  it('refuses other things', async () => {
    await expect(readBytes(3 as never)).rejects.toThrow(
      'source must be bytes, a Blob or a URL. Received: 3',
    );
  });
});

describe('readBytes from a server', () => {
  let server: Server;
  let at = '';
  let closed = () => {};
  beforeAll(async () => {
    server = createServer((request, response) => {
      // A socket that is used again may have been reset meanwhile, which is no matter of ours.
      response.setHeader('connection', 'close');
      if (request.url === '/missing') response.writeHead(404).end();
      else if (request.url === '/slow') {
        // Far from its end when it is refused.
        response.writeHead(200, { 'content-length': 1e9 }).write(bytes);
        response.on('close', () => closed());
      } else if (request.url === '/known') {
        response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
      } else response.writeHead(200).end(bytes);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  it.each([
    ['/known', bytes.length],
    ['/unknown', undefined],
  ])('tells how far it is: %s', async (path, total) => {
    const seen: { loaded: number; total?: number }[] = [];
    const read = await readBytes(new URL(at + path), { onProgress: (now) => seen.push(now) });
    expect(read).toEqual(bytes);
    expect(seen.at(-1)?.loaded).toBe(bytes.length);
    expect(seen.every((now) => now.total === total)).toBe(true);
  });

  it.each(['/known', '/unknown'])('stops at the limit: %s', async (path) => {
    const seen: number[] = [];
    const onProgress = ({ loaded }: { loaded: number }) => seen.push(loaded);
    await expect(readBytes(at + path, { maxBytes: 1000, onProgress })).rejects.toThrow(
      'source must be no larger than 1000 bytes. Received: ',
    );
    expect(seen).toEqual([]);
  });

  it('leaves what it refuses, so that the server stops', async () => {
    const left = new Promise<void>((resolve) => (closed = resolve));
    await expect(readBytes(`${at}/slow`, { maxBytes: 1000 })).rejects.toThrow(
      'source must be no larger than 1000 bytes. Received: 1000000000',
    );
    await left;
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const onProgress = () => controller.abort(reason);
    const options = { onProgress, signal: controller.signal };
    await expect(readBytes(`${at}/known`, options)).rejects.toBe(reason);
    await expect(readBytes(bytes, options)).rejects.toBe(reason);
  });

  it('says what went wrong', async () => {
    await expect(readBytes(`${at}/missing`)).rejects.toThrow(
      `${at}/missing cannot be read: HTTP 404`,
    );
    await expect(readBytes('no url')).rejects.toThrow('no url cannot be read: ');
  });
});
