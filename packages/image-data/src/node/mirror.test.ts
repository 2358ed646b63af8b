import { createServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { contents, serve, syntheticSet } from '../testing/synthetic-set.js';
import { mirror } from './mirror.js';
import type { DownloadProgress } from './source.js';

const files = Object.values(syntheticSet.files);
const impatient = { answer: 200, stall: 200 };

it.each(['', '/'])('reads the files of a folder whose URL ends in "%s"', async (end) => {
  const url = `${await serve()}/good${end}`;
  const read = await mirror(url).read(files, {});
  expect([...read!.keys()].sort()).toEqual([...contents.keys()].sort());
  for (const [name, data] of read!) expect(Uint8Array.from(data)).toEqual(contents.get(name));
});

it('reads files that the server has unpacked', async () => {
  const url = await serve({
    '/good/test-labels.gz': (_, response) => {
      response.setHeader('content-encoding', 'gzip').end(gzipSync(contents.get('test-labels')!));
    },
  });
  const read = await mirror(`${url}/good`).read([syntheticSet.files.testLabels], {});
  expect(Uint8Array.from(read!.get('test-labels')!)).toEqual(contents.get('test-labels'));
});

it('tells its progress, over all files', async () => {
  const url = `${await serve()}/good`;
  const steps: DownloadProgress[] = [];
  await mirror(url).read(files, { onProgress: (step) => steps.push(step) });
  const total = files.reduce((sum, { packedBytes }) => sum + packedBytes, 0);
  expect(steps.at(-1)).toEqual({ source: url, received: total, total });
  expect(steps.map(({ received }) => received)).toEqual(
    steps.map(({ received }) => received).sort((a, b) => a - b),
  );
});

describe('gives the reason when', () => {
  it('a file is not there', async () => {
    const url = await serve();
    await expect(mirror(`${url}/elsewhere`).read(files, {})).rejects.toThrow(
      'test-labels.gz: HTTP 404',
    );
  });

  it('nobody listens', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await expect(mirror(`http://127.0.0.1:${port}`).read(files, {})).rejects.toThrow(
      /^test-labels.gz: .*ECONNREFUSED/,
    );
  });

  it('the URL is none', async () => {
    await expect(mirror('nowhere').read(files, {})).rejects.toThrow('test-labels.gz: Invalid URL');
  });

  it('no answer comes', async () => {
    const url = await serve({ '/good/test-labels.gz': () => undefined });
    await expect(mirror(`${url}/good`, impatient).read(files, {})).rejects.toThrow(
      'test-labels.gz: no answer within 0.2 s',
    );
  });

  it('the answer stops halfway', async () => {
    const url = await serve({
      '/good/test-labels.gz': (_, response) => void response.write('half of it'),
    });
    await expect(mirror(`${url}/good`, impatient).read(files, {})).rejects.toThrow(
      'test-labels.gz: no data within 0.2 s',
    );
  });

  it('the connection breaks', async () => {
    const url = await serve({
      '/good/test-labels.gz': (_, response) => {
        response.setHeader('content-length', 1000).write('half of it', () => response.destroy());
      },
    });
    await expect(mirror(`${url}/good`).read(files, {})).rejects.toThrow(
      'test-labels.gz: other side closed',
    );
  });

  it('the answer does not end', async () => {
    const url = await serve({
      '/good/test-labels.gz': (_, response) => {
        const more = (): boolean => response.write(Buffer.alloc(65_536));
        response.on('drain', more);
        more();
      },
    });
    await expect(mirror(`${url}/good`).read(files, {})).rejects.toThrow(
      'test-labels.gz: more than 10 bytes',
    );
  });
});

it('ends when the caller says so', async () => {
  const url = await serve({ '/good/test-labels.gz': () => undefined });
  const started = performance.now();
  await expect(
    mirror(`${url}/good`).read(files, { signal: AbortSignal.timeout(50) }),
  ).rejects.toThrow();
  expect(performance.now() - started).toBeLessThan(3000);
});
