import { expect, it } from 'vitest';
import { wrapMethod } from './wrap-method.js';

class Counter {
  constructor(private readonly step: number) {}
  add(x: number): number {
    return x + this.step;
  }
}

const times = (factor: number) => (add: Counter['add']) => (x: number) => factor * add(x);

it('wraps one object, and gives its method back', () => {
  const [wrapped, other] = [new Counter(1), new Counter(1)];
  const unwrap = wrapMethod(wrapped, 'add', times(10));
  expect([wrapped.add(1), other.add(1)]).toEqual([20, 2]);
  unwrap();
  unwrap();
  expect(wrapped.add(1)).toBe(2);
  expect(Object.hasOwn(wrapped, 'add')).toBe(false);
});

it.each([[[0, 1]], [[1, 0]]])('takes overlapping wraps off in the order %j', (order) => {
  const counter = new Counter(1);
  const unwraps = [wrapMethod(counter, 'add', times(2)), wrapMethod(counter, 'add', times(3))];
  expect(counter.add(1)).toBe(12);
  unwraps[order[0] as number]?.();
  expect(counter.add(1)).toBe(order[0] === 0 ? 6 : 4);
  unwraps[order[1] as number]?.();
  expect(counter.add(1)).toBe(2);
  expect(Object.hasOwn(counter, 'add')).toBe(false);
});

it("keeps a method that is the object's own", () => {
  const object = { add: (x: number) => x + 5 };
  wrapMethod(object, 'add', times(2))();
  expect(object.add(1)).toBe(6);
});
