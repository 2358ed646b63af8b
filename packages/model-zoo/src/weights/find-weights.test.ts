import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { emptyCaches, hashOf, serveWeights } from '../testing/weights-server.js';
import { findWeights } from './find-weights.js';
import { mirror } from './mirror.js';
import type { WeightsFile } from './model-entry.js';
import type { WeightsOptions, WeightsProgress } from './weights-provider.js';

const content = Uint8Array.from({ length: 9_000 }, (_, i) => (i * i) % 251);
const name = 'tiny_tf_kernels.h5';

async function setUp() {
  const caches = await emptyCaches();
  const server = await serveWeights({ [name]: content });
  const file: WeightsFile = {
    name,
    url: `${server.url}/${name}`,
    hash: { algorithm: 'md5', hex: hashOf(content, 'md5') },
  };
  const lines: string[] = [];
  const find = (options: WeightsOptions = {}, changes: Partial<WeightsFile> = {}) =>
    findWeights({ ...file, ...changes }, { log: (line) => lines.push(line), ...options });
  const kept = () => readdir(caches.graft).catch(() => []);
  return { ...caches, server, file, find, lines, kept };
}

it('downloads once, and then takes it from the cache', async () => {
  const { server, find, graft, kept } = await setUp();
  const steps: WeightsProgress[] = [];
  expect(await find({ onProgress: (step) => steps.push(step) })).toEqual({
    bytes: content,
    source: 'its publisher',
    isKept: true,
  });
  const { length } = content;
  expect(steps.at(-1)).toEqual({
    file: name,
    source: 'its publisher',
    received: length,
    total: length,
  });
  expect(await kept()).toEqual([name]);
  const again = await find({ offline: true });
  expect(again.source).toBe(`the cache ${graft}`);
  expect(Buffer.from(again.bytes).equals(content)).toBe(true);
  expect(server.requests).toEqual([`/${name}`]);
});

it('takes what Keras has downloaded, and leaves it where it is', async () => {
  const { server, find, keras, kept } = await setUp();
  await mkdir(keras, { recursive: true });
  await writeFile(join(keras, name), content);
  expect((await find()).source).toBe(keras);
  expect([await kept(), server.requests]).toEqual([[], []]);
});

it('passes over a damaged file of Keras, and over a damaged one of its own, which it replaces', async () => {
  const { find, keras, graft, lines } = await setUp();
  for (const folder of [keras, graft]) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), content.subarray(0, 5_000));
  }
  expect((await find()).source).toBe('its publisher');
  expect(Buffer.from(content).equals(await readFile(join(graft, name)))).toBe(true);
  expect(await readFile(join(keras, name))).toHaveLength(5_000);
  expect(lines).toEqual([
    expect.stringContaining(
      `${name} from the cache ${graft}: it is another file, or damaged (md5 `,
    ),
    expect.stringContaining(`${name} from ${keras}: it is another file, or damaged (md5 `),
  ]);
});

it.each(['../a.h5', 'a/b.h5', '', '.h5', 'a b.h5'])('refuses the name "%s"', async (path) => {
  const { find } = await setUp();
  await expect(find({}, { name: path })).rejects.toThrow(
    `file.name must be a plain name. Received: ${JSON.stringify(path)}`,
  );
});

describe('providers', () => {
  it('are asked before the publisher, and after the caches', async () => {
    const { server, find } = await setUp();
    const own = { name: 'our bucket', read: vi.fn(async () => content) };
    expect((await find({ providers: [own] })).source).toBe('our bucket');
    expect((await find({ providers: [own] })).source).toMatch(/^the cache/);
    expect(own.read).toHaveBeenCalledOnce();
    expect(server.requests).toEqual([]);
  });

  it('may be mirrors, down ones too', async () => {
    const { server, find } = await setUp();
    server.files.set('keras/' + name, content);
    const providers = [mirror('http://127.0.0.1:1'), mirror(`${server.url}/keras/`)];
    const found = await find({ providers }, { url: 'http://127.0.0.1:1/a' });
    expect(found.source).toBe(`${server.url}/keras`);
  });

  it('give nothing that has another hash', async () => {
    const { find, kept } = await setUp();
    const evil = { name: 'a stranger', read: async () => content.toReversed() };
    expect((await find({ providers: [evil] })).source).toBe('its publisher');
    await expect(
      find({ providers: [evil] }, { url: 'http://127.0.0.1:1', name: 'b.h5' }),
    ).rejects.toThrow(
      /^the weights b.h5 are not to be had\. Tried: .*; a stranger: it is another file, or damaged \(md5 [0-9a-f]{32}, not [0-9a-f]{32}\); its publisher: [^\n]+$/,
    );
    expect(await kept()).toEqual([name]);
  });

  it('are not asked offline', async () => {
    const { find } = await setUp();
    await expect(
      find({ offline: true, providers: [mirror('http://127.0.0.1:1')] }),
    ).rejects.toThrow(/Tried: the cache [^;]+: not there; [^;]+models: not there$/);
  });
});

describe('leaves no broken cache', () => {
  it('when the file is another one', async () => {
    const { server, find, kept } = await setUp();
    server.files.set(name, content.toReversed());
    await expect(find()).rejects.toThrow(/its publisher: it is another file, or damaged/);
    expect(await kept()).toEqual([]);
  });

  it('when there is no file', async () => {
    const { server, find, kept } = await setUp();
    server.files.clear();
    await expect(find()).rejects.toThrow(/its publisher: not there/);
    expect(await kept()).toEqual([]);
  });

  it('when the file is empty', async () => {
    const { server, find, kept } = await setUp();
    server.intercept = (_, response) => Boolean(response.end());
    const { url } = server;
    await expect(findWeights({ name: 'b.h5', url: `${url}/b.h5` })).rejects.toThrow(
      /its publisher: it is empty/,
    );
    await expect(find()).rejects.toThrow(/it is empty/);
    expect(await kept()).toEqual([]);
  });

  it('when the user stops it: what came is a part, and the next download begins there', async () => {
    const { server, find, kept } = await setUp();
    const stop = new AbortController();
    server.intercept = (_, response) =>
      response
        .setHeader('etag', `"${hashOf(content, 'md5')}"`)
        .setHeader('content-length', content.length)
        .write(content.subarray(0, 4_000)) || true;
    const running = find({
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('Ctrl-C')),
    });
    await expect(running).rejects.toThrow('Ctrl-C');
    expect(await kept()).toEqual([`${name}.part`]);
    await expect(find({ offline: true })).rejects.toThrow('not to be had');

    server.intercept = undefined;
    expect(Buffer.from((await find()).bytes).equals(content)).toBe(true);
    expect(server.requests).toEqual([`/${name}`, `/${name} bytes=4000-`]);
    expect(await kept()).toEqual([name]);
  });

  it('when a part is damaged: the download begins anew', async () => {
    const { server, find, graft, kept, lines } = await setUp();
    await mkdir(graft, { recursive: true });
    const origin = `${server.url}/${name} "${hashOf(content, 'md5')}"\n`;
    await writeFile(
      join(graft, `${name}.part`),
      Buffer.concat([Buffer.from(origin), Buffer.alloc(4_000)]),
    );
    expect(Buffer.from((await find()).bytes).equals(content)).toBe(true);
    expect(server.requests).toEqual([`/${name} bytes=4000-`, `/${name}`]);
    expect(await kept()).toEqual([name]);
    expect(lines).toEqual([
      `${name}: what an earlier download has left does not fit, so it begins anew`,
    ]);
  });

  it('when the disk is full: the weights are there all the same', async () => {
    const { find, graft, kept, lines } = await setUp();
    await mkdir(graft, { recursive: true });
    const full = await fullDisk(graft);
    try {
      const { bytes, isKept } = await find();
      expect([Buffer.from(bytes).equals(content), isKept]).toEqual([true, false]);
    } finally {
      full.mockRestore();
    }
    expect(await kept()).toEqual([]);
    expect(lines).toEqual([
      `${name} could not be kept in the cache ${graft}: ENOSPC: no space left on device, write`,
    ]);
  });

  it('when several want it at once', async () => {
    const { find, kept } = await setUp();
    const all = await Promise.all([find(), find(), find(), find()]);
    for (const { bytes } of all) expect(Buffer.from(bytes).equals(content)).toBe(true);
    expect(await kept()).toEqual([name]);
  });
});

/** From now on, writing to an open file fails. */
async function fullDisk(folder: string) {
  const { open } = await import('node:fs/promises');
  const file = await open(folder, 'r');
  const prototype = Object.getPrototypeOf(file) as { writeFile: () => Promise<void> };
  await file.close();
  const error = Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
  });
  return vi.spyOn(prototype, 'writeFile').mockRejectedValue(error);
}
