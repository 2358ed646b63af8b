// A folder as people have them: what is no photo, what is too large, what is odd; each handled as the README says.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageFile } from '../testing/image-files.js';
import { flowFromDirectory } from './flow-from-directory.js';
import type { BrokenImage } from './image-dataset.js';
import { readImageFolder } from './image-folder.js';

const name = '고양이 사진';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graft-strange-'));
  const photo = await sharp({ create: { width: 9, height: 7, channels: 3, background: '#ff8000' } })
    .jpeg({ quality: 100 })
    .toBuffer();
  // As macOS writes it, and as nearly all else does.
  await mkdir(join(folder, name.normalize('NFD')));
  await mkdir(join(folder, '강아지'));
  await mkdir(join(folder, 'nothing yet'));
  await writeFile(join(folder, name.normalize('NFD'), '나비 1.jpg'), photo);
  await writeFile(join(folder, '강아지', 'a text.jpg'), 'this is text');
  await writeFile(join(folder, '강아지', 'zero.png'), '');
  await writeFile(join(folder, '강아지', 'cut.jpg'), photo.subarray(0, photo.length / 2));
  await writeFile(join(folder, '강아지', 'huge.png'), largePng(30_000));
  await writeFile(join(folder, '강아지', 'ink.jpg'), imageFile('cmyk.jpg').bytes);
});
afterAll(() => rm(folder, { recursive: true }));

const size = [8, 8] as const;

describe('a strange folder', () => {
  it('has classes by their names however letters are composed, and those without photos', async () => {
    const { classNames } = await readImageFolder(folder);
    expect(classNames).toEqual(['nothing yet', '강아지', name]);
    for (const form of ['NFC', 'NFD']) {
      const chosen = await readImageFolder(folder, { classNames: [name.normalize(form)] });
      expect(chosen.classNames).toEqual([name]);
      expect(chosen.images.map(({ label }) => label)).toEqual([0]);
    }
  });

  it('gives what are photos, inks among them, and reports the rest, which it did not decode', async () => {
    const told: BrokenImage[] = [];
    const data = await flowFromDirectory(folder, { size, onBroken: (image) => told.push(image) });
    expect(data.classIndices).toEqual({ 'nothing yet': 0, 강아지: 1, [name]: 2 });
    const before = process.memoryUsage.rss();
    const labels: number[] = [];
    for await (const { xs, ys } of data) {
      labels.push(...ys.dataSync());
      const orange = tf.slice(xs, [1, 4, 4, 0], [1, 1, 1, 3]).dataSync();
      [255, 128, 0].forEach((value, i) => expect(Math.abs(orange[i]! - value)).toBeLessThan(4));
      tf.dispose([xs, ys]);
    }
    expect(labels).toEqual([1, 2]);
    const reasons = told.map(({ path, message }) => message.replace(path, '').trim()).sort();
    expect(reasons).toHaveLength(4);
    expect(reasons[0]).toMatch(/^cannot be decoded: /);
    expect(reasons[1]).toBe('has 30000 x 30000 pixels, more than maxPixels, 100000000');
    expect(reasons[2]).toBe('is empty: 0 bytes');
    expect(reasons[3]).toContain('is no JPEG, PNG, WebP or GIF image');
    // Its pixels would be 2,700 MB.
    expect(process.memoryUsage.rss() - before).toBeLessThan(500e6);
  });

  it('ends at the first broken photo where nobody is told', async () => {
    const data = await flowFromDirectory(folder, { size });
    const take = async () => {
      for await (const batch of data) tf.dispose({ ...batch });
    };
    await expect(take()).rejects.toThrow(join(folder, '강아지'));
  });
});

it('takes two folders for one class whose names differ in composition alone', async (context) => {
  const both = await mkdtemp(join(tmpdir(), 'graft-forms-'));
  context.onTestFinished(() => rm(both, { recursive: true }));
  for (const form of ['NFC', 'NFD']) {
    await mkdir(join(both, name.normalize(form)), { recursive: true });
    await writeFile(join(both, name.normalize(form), `${form}.jpg`), '');
  }
  const { classNames, images } = await readImageFolder(both);
  expect(classNames).toEqual([name]);
  expect(images.map(({ label }) => label)).toEqual([0, 0]);
});

/** Black, of one bit a pixel. */
function largePng(side: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))), { level: 1 });
  const chunk = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const ends = [Buffer.alloc(4), Buffer.alloc(4)] as const;
    ends[0].writeUInt32BE(data.length);
    ends[1].writeUInt32BE(crc32(body));
    return Buffer.concat([ends[0], body, ends[1]]);
  };
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
