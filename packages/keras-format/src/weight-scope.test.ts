// Weights of models within models find their layers by name.

import { describe, expect, it } from 'vitest';
import type { NamedArray } from './keras-model.js';
import { weightScope } from './weight-scope.js';

const array = (name: string): NamedArray => ({ name, shape: [], data: Float32Array.of(0) });
const names = (arrays: readonly NamedArray[]) => arrays.map(({ name }) => name);

describe('weightScope', () => {
  it('finds the weights of layers by the end of their names', () => {
    const list = ['outer/a/kernel', 'b/kernel', 'b/bias', 'outer/a/mean'].map(array);
    const { scope, checkAllOwned } = weightScope(new Map([['outer', list]]), 'x.h5');
    const outer = scope.ofModel('outer');
    expect(names(outer.ofLayer('a'))).toEqual(['outer/a/kernel', 'outer/a/mean']);
    expect(() => checkAllOwned()).toThrow('x.h5 holds the weight "b/kernel" of layer "outer"');
    expect(names(outer.ofLayer('b'))).toEqual(['b/kernel', 'b/bias']);
    expect(() => checkAllOwned()).not.toThrow();
  });

  it('tells layers of one name apart by the models that they are in', () => {
    const list = ['left/a/kernel', 'right/a/kernel'].map(array);
    const { scope } = weightScope(new Map([['outer', list]]), 'x.h5');
    const right = scope.ofModel('outer').ofModel('right');
    expect(names(right.ofLayer('a'))).toEqual(['right/a/kernel']);
    expect(() => scope.ofModel('outer').ofLayer('a')).toThrow(
      'x.h5 holds weights of left/a, right/a, and it is not clear which belong to layer "a"',
    );
  });
});
