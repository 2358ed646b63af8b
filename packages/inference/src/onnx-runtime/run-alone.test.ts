// The order of what a runtime is asked for.

import { expect, it } from 'vitest';
import type { OnnxRuntime } from './onnx-runtime.js';
import { runAlone } from './run-alone.js';

const runtime = () => ({}) as OnnxRuntime;

it('begins one when the one before has ended, also where that failed', async () => {
  const [one, told] = [runtime(), [] as string[]];
  const work = (name: string, fails = false) =>
    runAlone(one, async () => {
      told.push(`${name} begins`);
      await Promise.resolve();
      told.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const results = await Promise.allSettled([work('a'), work('b', true), work('c')]);
  expect(told).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('begins at once where nothing runs, and beside another runtime', async () => {
  const [one, other] = [runtime(), runtime()];
  const never = new Promise<void>(() => undefined);
  let begun = 0;
  const begin = () => {
    begun++;
    return Promise.resolve();
  };
  void runAlone(other, () => never);
  await runAlone(one, begin);
  await Promise.resolve();
  void runAlone(one, begin);
  expect(begun).toBe(2);
});
