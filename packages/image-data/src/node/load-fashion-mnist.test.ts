import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cacheFolder } from '@graftjs/core/node';
import { splitLesson } from '../fashion-mnist.js';
import { fashionMnistSet, loadFashionMnist } from './load-fashion-mnist.js';

async function isPresent(): Promise<boolean> {
  const { folder, files, debian } = fashionMnistSet;
  const { name } = files.trainImages;
  const places = [join(cacheFolder(), folder, name), join(debian.folder, `${name}.gz`)];
  return Promise.any(places.map((place) => access(place))).then(
    () => true,
    () => false,
  );
}

it('is a table of sound entries', () => {
  const files = Object.values(fashionMnistSet.files);
  expect(new Set(files.map(({ sha256 }) => sha256)).size).toBe(4);
  for (const { sha256, bytes, packedBytes } of files) {
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(packedBytes).toBeLessThan(bytes);
  }
  for (const url of fashionMnistSet.mirrors) expect(url).toMatch(/^https:.*[^/]$/);
});

const absent = (await isPresent())
  ? ''
  : ' (skipped: tests download nothing, and it is not on this machine; `npm start` fetches it)';
it.skipIf(absent)(`loads the real set, of the sizes of the lesson${absent}`, async () => {
  const data = await loadFashionMnist({ offline: true });
  expect(data.train.images.shape).toEqual([60_000, 28, 28]);
  expect(data.test.labels.shape).toEqual([10_000]);

  const { a, b } = splitLesson(data);
  const sizes = [a, b].map(({ train, validation, test }) =>
    [train, validation, test].map(({ xs }) => xs.shape[0]),
  );
  expect(sizes).toEqual([
    [43_986, 4014, 8000],
    [200, 986, 2000],
  ]);
  // As the book's notebook prints them: y_train_A and y_train_B.
  expect(Array.from(a.train.ys.data.slice(0, 10))).toEqual([4, 0, 5, 7, 7, 7, 4, 4, 3, 4]);
  expect(Array.from(b.train.ys.data.slice(0, 10))).toEqual([1, 1, 0, 0, 0, 0, 1, 1, 1, 0]);
});
