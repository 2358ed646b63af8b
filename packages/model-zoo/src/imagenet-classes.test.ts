import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { imagenetClasses } from './imagenet-classes.js';

it("is Keras's imagenet_class_index.json, to the byte", () => {
  const entries = imagenetClasses.map(
    ({ wordnetId, name }, i) => `"${i}": ["${wordnetId}", "${name}"]`,
  );
  // The hash by which Keras checks its download, in keras/src/applications/imagenet_utils.py.
  expect(
    createHash('md5')
      .update(`{${entries.join(', ')}}`)
      .digest('hex'),
  ).toBe('c2c37ea517e94d9795004a39431a14cb');
});

it('has a thousand classes in the order of their ids', () => {
  const ids = imagenetClasses.map(({ wordnetId }) => wordnetId);
  expect(new Set(ids).size).toBe(1000);
  expect(ids).toEqual([...ids].sort());
  expect(ids.every((id) => /^n\d{8}$/.test(id))).toBe(true);
});

it.each([
  [0, 'n01440764', 'tench'],
  [134, 'n02012849', 'crane'],
  [281, 'n02123045', 'tabby'],
  [517, 'n03126707', 'crane'],
  [999, 'n15075141', 'toilet_tissue'],
])('class %d is %s %s', (index, wordnetId, name) => {
  expect(imagenetClasses[index]).toEqual({ wordnetId, name });
});
