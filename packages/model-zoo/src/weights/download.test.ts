import { describe, expect, it } from 'vitest';
import { serveWeights } from '../testing/weights-server.js';
import { download, type DownloadOptions } from './download.js';
import type { Part } from './weights-store.js';

const content = Uint8Array.from({ length: 20_000 }, (_, i) => (i * i) % 251);
const patience = { answer: 20_000, stall: 20_000, pause: 1, attempts: 3 };
const impatience = { ...patience, answer: 300, stall: 300 };

async function setUp() {
  const server = await serveWeights({ 'a.h5': content });
  const parts: Part[] = [];
  const get = (options: DownloadOptions = {}) =>
    download(`${server.url}/a.h5`, {
      patience,
      onBroken: async ({ origin, bytes }) => {
        parts.push({ origin, bytes: bytes.slice() });
      },
      ...options,
    });
  return { server, parts, get };
}

it('gives the bytes, and tells how many there are', async () => {
  const { get } = await setUp();
  const steps: [number, number | undefined][] = [];
  const found = await get({ onProgress: (...step) => steps.push(step) });
  expect(found).toEqual({ bytes: content, resumed: false });
  expect(steps.at(-1)).toEqual([content.length, content.length]);
});

it('gives nothing where there is nothing', async () => {
  const { server, get } = await setUp();
  server.files.clear();
  expect(await get()).toBeUndefined();
  expect(server.requests).toEqual(['/a.h5']);
});

describe('a connection that breaks', () => {
  it('goes on where it broke, as often as it makes headway', async () => {
    const { server, get } = await setUp();
    server.cuts.push(7_000, 5_000, 3_000, 2_000);
    expect((await get())?.bytes).toEqual(content);
    expect(server.requests).toHaveLength(5);
    expect(server.requests.slice(1).every((request) => /bytes=\d+-$/.test(request))).toBe(true);
  });

  it('begins anew where the server does not tell versions apart, or knows no ranges', async () => {
    const { server, get } = await setUp();
    server.hasTags = false;
    server.cuts.push(7_000);
    expect(await get()).toEqual({ bytes: content, resumed: false });

    server.intercept = (request) => {
      delete request.headers.range;
      return false;
    };
    server.hasTags = true;
    server.cuts.push(7_000);
    expect(await get()).toEqual({ bytes: content, resumed: false });
  });

  it('begins anew where the file has changed', async () => {
    const { server, get } = await setUp();
    const other = content.map((value) => value ^ 1);
    server.cuts.push(7_000);
    server.intercept = () => {
      if (server.requests.length > 1) server.files.set('a.h5', other);
      return false;
    };
    expect((await get())?.bytes).toEqual(other);
  });

  it('is given up at last, and what came is handed over', async () => {
    const { server, get, parts } = await setUp();
    server.cuts.push(7_000, 0, 0, 0);
    await expect(get()).rejects.toThrow(/other side closed|terminated/);
    expect(parts).toHaveLength(1);
    expect(parts[0]?.bytes).toEqual(content.subarray(0, 7_000));
  });
});

describe('what an earlier download left', () => {
  const left = async () => {
    const it = await setUp();
    it.server.cuts.push(7_000, 0, 0, 0);
    await it.get().catch(() => undefined);
    it.server.requests.length = it.server.cuts.length = 0;
    return { ...it, part: it.parts[0] as Part };
  };

  it('is gone on with', async () => {
    const { server, get, part } = await left();
    expect(await get({ part })).toEqual({ bytes: content, resumed: true });
    expect(server.requests).toEqual(['/a.h5 bytes=7000-']);
  });

  it('is forgotten where the file has changed, or has become shorter', async () => {
    const { server, get, part } = await left();
    for (const length of [15_000, 6_000]) {
      const other = content.slice(0, length).fill(7);
      server.files.set('a.h5', other);
      expect(await get({ part })).toEqual({ bytes: other, resumed: false });
    }
  });
});

describe('fails with a reason', () => {
  it.each([403, 500])('of HTTP %d', async (status) => {
    const { server, get } = await setUp();
    server.intercept = (_, response) => Boolean(response.writeHead(status).end());
    await expect(get()).rejects.toThrow(`HTTP ${status}`);
    // A server that is out of order may come back; one that refuses will refuse again.
    expect(server.requests).toHaveLength(status === 500 ? 3 : 1);
  });

  it('when no answer comes', async () => {
    const { server, get } = await setUp();
    server.intercept = () => true;
    await expect(get({ patience: impatience })).rejects.toThrow('no answer within 0.3 s');
    expect(server.requests).toHaveLength(1);
  });

  it('when the answer stops halfway', async () => {
    const { server, get, parts } = await setUp();
    server.intercept = (_, response) =>
      response.setHeader('etag', '"x"').setHeader('content-length', 9).write('half') || true;
    const patience = { ...impatience, answer: 20_000 };
    await expect(get({ patience })).rejects.toThrow('no data within 0.3 s');
    expect(parts[0]?.bytes).toHaveLength(4);
  });

  it('when nobody listens, without another attempt', async () => {
    await expect(download('http://127.0.0.1:1/a.h5')).rejects.toThrow(/ECONNREFUSED|bad port/);
  });

  it('when the URL is none', async () => {
    await expect(download('nowhere')).rejects.toThrow('url must be a URL. Received: "nowhere"');
  });
});

it('ends when the caller says so, and hands over what came', async () => {
  const { server, get, parts } = await setUp();
  server.intercept = (_, response) =>
    response.setHeader('etag', '"x"').setHeader('content-length', 9).write('half') || true;
  const stop = new AbortController();
  const reason = new Error('enough');
  const started = performance.now();
  const running = get({ signal: stop.signal, onProgress: () => stop.abort(reason) });
  await expect(running).rejects.toBe(reason);
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(new TextDecoder().decode(parts[0]?.bytes)).toBe('half');
});
