// For tests: a small set of IDX files with its own table of hashes, a server for it, and temporary folders.

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { DataFile } from '../node/data-file.js';
import type { IdxSet } from '../node/idx-set.js';

/** The bytes of an IDX file of uint8, which go up from 0. */
export function idxBytes(...shape: number[]): Uint8Array {
  const size = shape.reduce((product, length) => product * length, 1);
  const header = [0, 0, 8, shape.length, ...shape.flatMap((length) => [0, 0, 0, length])];
  return Uint8Array.from([...header, ...Array(size).keys()]);
}

/** A file pinned by what it holds. */
export function pin(name: string, data: Uint8Array): DataFile {
  const sha256 = createHash('sha256').update(data).digest('hex');
  return { name, bytes: data.length, packedBytes: gzipSync(data).length, sha256 };
}

const trainImages = idxBytes(3, 2, 2);
const trainLabels = idxBytes(3);
const testImages = idxBytes(2, 2, 2);
const testLabels = idxBytes(2);

/** What the files hold, by name. */
export const contents: ReadonlyMap<string, Uint8Array> = new Map([
  ['train-images', trainImages],
  ['train-labels', trainLabels],
  ['test-images', testImages],
  ['test-labels', testLabels],
]);

/** A set of three training and two test images that no place has. */
export const syntheticSet: IdxSet = {
  name: 'Tiny',
  folder: 'tiny',
  files: {
    trainImages: pin('train-images', trainImages),
    trainLabels: pin('train-labels', trainLabels),
    testImages: pin('test-images', testImages),
    testLabels: pin('test-labels', testLabels),
  },
  mirrors: [],
  debian: { name: 'dataset-tiny', folder: '/nowhere/tiny' },
};

/** An empty folder, gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'graft-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes the set as its package does, packed. */
export async function writePackedSet(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, data] of contents) await writeFile(join(folder, `${name}.gz`), gzipSync(data));
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Serves the set under /good, and whatever else `handlers` say by path. Returns the URL; closed after the test. */
export async function serve(handlers: Readonly<Record<string, Handler>> = {}): Promise<string> {
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const data = contents.get(path.replace(/^\/good\/(.*)\.gz$/, '$1'));
    const handler = handlers[path];
    if (handler !== undefined) handler(request, response);
    else if (data !== undefined) response.end(gzipSync(data));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
