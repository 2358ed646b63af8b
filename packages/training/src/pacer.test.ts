import { expect, it } from 'vitest';
import { pacer } from './pacer.js';

it('lets timers run during long work', async () => {
  const pace = pacer();
  let fired = false;
  setTimeout(() => (fired = true), 0);
  const start = performance.now();
  while (performance.now() - start < 100) await pace();
  expect(fired).toBe(true);
});

it("throws the signal's reason", async () => {
  const stop = new AbortController();
  const pace = pacer(stop.signal);
  await pace();
  stop.abort('enough');
  await expect(pace()).rejects.toBe('enough');
});
