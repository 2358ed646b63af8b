import { expect, it } from 'vitest';
import { Budget } from './budget.js';

it('has as much in flight as fits, in order, and what is too large alone', async () => {
  const budget = new Budget(10);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const run = (name: string, cost: number) =>
    budget.run(cost, () => {
      begun.push(name);
      return new Promise<string>((resolve) => ends.push(() => resolve(name)));
    });
  const all = [run('a', 6), run('b', 4), run('c', 1), run('huge', 50), run('d', 1)];
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  await settle();
  expect(begun).toEqual(['a', 'b']);
  ends[0]!();
  await settle();
  expect(begun).toEqual(['a', 'b', 'c']);
  ends[1]!();
  ends[2]!();
  await settle();
  expect(begun).toEqual(['a', 'b', 'c', 'huge']);
  ends[3]!();
  await settle();
  ends[4]!();
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'huge', 'd']);
});

it('goes on after what fails', async () => {
  const budget = new Budget(1);
  await expect(budget.run(1, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await budget.run(1, () => Promise.resolve(2))).toBe(2);
});
