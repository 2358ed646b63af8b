import '@tensorflow/tfjs-backend-cpu';
import * as optimizers from '@graftjs/optimizers';
import { expect, it } from 'vitest';
import { contestants, lessonRace, parseContestant } from './contestants.js';

it('has every optimizer of the package', () => {
  const racing = new Set(Object.values(contestants).map((make) => make().constructor));
  // Wrappers take another optimizer; what has no name of its own is no optimizer.
  const wrappers: unknown[] = [optimizers.Lookahead, optimizers.SAM];
  const exported = Object.values(optimizers).filter(
    (value) => Object.hasOwn(value, 'className') && !wrappers.includes(value),
  );
  expect(racing).toEqual(new Set<unknown>(exported));
});

it('reads names, and says which there are', () => {
  expect(parseContestant('AdamW')).toBe('adamw');
  expect(lessonRace.every((name) => parseContestant(name) === name)).toBe(true);
  expect(() => parseContestant('adams')).toThrow(
    'optimizer must be one of sgd, momentum, nesterov',
  );
});
