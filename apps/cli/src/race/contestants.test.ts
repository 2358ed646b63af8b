import '@tensorflow/tfjs-backend-cpu';
import * as optimizers from '@graftjs/optimizers';
import { expect, it } from 'vitest';
import { contestants, lessonRace, parseContestant } from './contestants.js';

it('has every optimizer of the package', () => {
  const racing = new Set(Object.values(contestants).map((make) => make().constructor));
  // Wrappers take another optimizer; the two base classes are none.
  const others = ['Lookahead', 'SAM', 'RuleOptimizer', 'SimpleOptimizer'];
  const exported = Object.entries(optimizers).filter(([name]) => !others.includes(name));
  expect(racing).toEqual(new Set(exported.map(([, value]) => value)));
});

it('reads names, and says which there are', () => {
  expect(parseContestant('AdamW')).toBe('adamw');
  expect(lessonRace.every((name) => parseContestant(name) === name)).toBe(true);
  expect(() => parseContestant('adams')).toThrow(
    'optimizer must be one of sgd, momentum, nesterov',
  );
});
