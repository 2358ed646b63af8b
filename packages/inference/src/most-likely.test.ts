import { expect, it } from 'vitest';
import { mostLikely, parseLabels } from './most-likely.js';

it('sorts classes by their probability', () => {
  expect(mostLikely([0.2, 0.5, 0.3], 2, ['a', 'b', 'c'])).toEqual([
    { index: 1, label: 'b', probability: 0.5 },
    { index: 2, label: 'c', probability: 0.3 },
  ]);
});

it('takes one output for the probability of the second of two classes', () => {
  expect(mostLikely([0.25], 3, ['no', 'yes'])).toEqual([
    { index: 0, label: 'no', probability: 0.75 },
    { index: 1, label: 'yes', probability: 0.25 },
  ]);
});

it('refuses labels that are too few', () => {
  expect(() => mostLikely([0.2, 0.5, 0.3], 2, ['a'])).toThrow(
    'labels must be one name for each of 3 classes. Received: "1 names"',
  );
});

it('refuses NaN, which has no place in an order', () => {
  expect(() => mostLikely([0.2, NaN], 2)).toThrow('the model gives NaN: are its weights damaged?');
});

it('reads labels from a text, wherever it was written', () => {
  expect(parseLabels('\uFEFFcat\r\n\r\ngolden retriever\r\nbird')).toEqual([
    'cat',
    'golden retriever',
    'bird',
  ]);
});
