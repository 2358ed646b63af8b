import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isGraftError } from '@graftjs/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  contents,
  idxBytes,
  pin,
  serve,
  syntheticSet,
  temporaryFolder,
  writePackedSet,
} from '../testing/synthetic-set.js';
import { keep } from './cache.js';
import { loadIdxSet, type IdxSet } from './idx-set.js';

let cacheDir = '';
let log: string[] = [];
beforeEach(async () => {
  cacheDir = await temporaryFolder();
  log = [];
});

function load(options: Parameters<typeof loadIdxSet>[1] = {}, set: IdxSet = syntheticSet) {
  return loadIdxSet(set, { cacheDir, log: (line) => log.push(line), ...options });
}

it('loads the set from a mirror, then from the cache', async () => {
  const mirror = `${await serve()}/good`;
  const first = await load({ mirrors: [mirror] });
  expect(first.source).toBe(mirror);
  expect(first.train.images.shape).toEqual([3, 2, 2]);
  expect(Array.from(first.train.labels.data)).toEqual([0, 1, 2]);
  expect(Array.from(first.test.images.data)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);

  const second = await load({ mirrors: [] });
  expect(second).toEqual({ ...first, source: `the cache ${join(cacheDir, 'tiny')}` });
  expect(log).toEqual([]);
});

it('takes the mirrors of the set where none are given', async () => {
  const mirror = `${await serve()}/good`;
  const { source } = await load({}, { ...syntheticSet, mirrors: [mirror] });
  expect(source).toBe(mirror);
});

it('goes to the next source when one fails, and says why', async () => {
  const url = await serve({
    '/wrong/test-labels.gz': (_, response) => response.end(idxBytes(2).fill(9, 8)),
    '/wrong/train-labels.gz': (_, response) => response.end(contents.get('train-labels')),
    '/wrong/test-images.gz': (_, response) => response.end(contents.get('test-images')),
    '/wrong/train-images.gz': (_, response) => response.end(contents.get('train-images')),
    '/cut/test-labels.gz': (_, response) => response.end(Uint8Array.of(0x1f, 0x8b, 8)),
  });
  const { source } = await load({
    mirrors: [`${url}/none`, `${url}/cut`, `${url}/wrong`, `${url}/good`],
  });
  expect(source).toBe(`${url}/good`);
  const { sha256 } = syntheticSet.files.testLabels;
  expect(log).toEqual([
    `Tiny is not to be had from ${url}/none: test-labels.gz: HTTP 404`,
    `Tiny is not to be had from ${url}/cut: test-labels.gz is damaged (unexpected end of file)`,
    expect.stringMatching(
      new RegExp(`from ${url}/wrong: test-labels has the SHA-256 \\w{64} instead of ${sha256}$`),
    ),
  ]);
});

it('takes the installed package where the mirrors are out of reach', async () => {
  const folder = await temporaryFolder();
  await writePackedSet(folder);
  const set = { ...syntheticSet, debian: { name: 'dataset-tiny', folder } };
  const { source } = await load({ mirrors: ['http://127.0.0.1:9'] }, set);
  expect(source).toBe('the installed Debian package dataset-tiny');
  expect(log).toEqual([expect.stringMatching(/^Tiny is not to be had from http:.*:9: /)]);
  log.length = 0;
  await load({ offline: true, cacheDir: await temporaryFolder() }, set);
  expect(log).toEqual([]);
});

it('fetches a damaged cache again and mends it', async () => {
  const path = join(cacheDir, 'tiny', 'train-labels');
  await keep(join(cacheDir, 'tiny'), contents);
  await writeFile(path, idxBytes(3).fill(9, 8));
  const mirror = `${await serve()}/good`;
  expect((await load({ mirrors: [mirror] })).source).toBe(mirror);
  expect(log).toEqual([expect.stringMatching(/tiny: train-labels has the SHA-256 \w+ instead of/)]);
  expect(Uint8Array.from(await readFile(path))).toEqual(contents.get('train-labels'));
});

it('works without a cache that can be written', async () => {
  const file = join(cacheDir, 'file');
  await writeFile(file, '');
  const mirror = `${await serve()}/good`;
  expect((await load({ mirrors: [mirror], cacheDir: file })).source).toBe(mirror);
  expect(log).toEqual([expect.stringMatching(/^Tiny could not be kept in the cache: ENOTDIR: /)]);
});

it('stands two loads at once', async () => {
  const mirror = `${await serve()}/good`;
  const [one, two] = await Promise.all([load({ mirrors: [mirror] }), load({ mirrors: [mirror] })]);
  expect(one).toEqual(two);
});

describe('refuses', () => {
  it('when no source has it, with all of them in one line', async () => {
    vi.stubEnv('PATH', '/nowhere');
    const url = await serve();
    const error: unknown = await load({ mirrors: [`${url}/none`] }).catch((e: unknown) => e);
    vi.unstubAllEnvs();
    expect(isGraftError(error)).toBe(true);
    expect((error as Error).message).toBe(
      `Tiny is not to be had. Tried: the cache ${join(cacheDir, 'tiny')}: not there; ` +
        `${url}/none: test-labels.gz: HTTP 404; ` +
        'the installed Debian package dataset-tiny: not there; ' +
        'apt-get download dataset-tiny: no apt-get here',
    );
  });

  it('to download anything offline', async () => {
    await expect(load({ offline: true, mirrors: [`${await serve()}/good`] })).rejects.toThrow(
      `Tiny is not to be had. Tried: the cache ${join(cacheDir, 'tiny')}: not there; ` +
        'the installed Debian package dataset-tiny: not there',
    );
  });

  it('a set that does not hold bytes', async () => {
    const wide = Uint8Array.of(0, 0, 0x0b, 1, 0, 0, 0, 1, 0, 7);
    await mkdir(join(cacheDir, 'tiny'));
    await keep(join(cacheDir, 'tiny'), new Map([...contents, ['test-labels', wide]]));
    const testLabels = pin('test-labels', wide);
    const set = { ...syntheticSet, files: { ...syntheticSet.files, testLabels } };
    await expect(load({}, set)).rejects.toThrow('test-labels must hold uint8. Received: int16');
  });
});

it('throws what the caller ended it with', async () => {
  const reason = new Error('enough');
  const ended = AbortSignal.abort(reason);
  await expect(load({ signal: ended })).rejects.toBe(reason);

  const controller = new AbortController();
  const url = await serve({ '/good/test-labels.gz': () => controller.abort(reason) });
  const mirrors = [`${url}/good`, `${url}/good`];
  await expect(load({ mirrors, signal: controller.signal })).rejects.toBe(reason);
  expect(log).toEqual([]);
});
