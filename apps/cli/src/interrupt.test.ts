import { expect, it } from 'vitest';
import { Interrupted, interruptible } from './interrupt.js';

it.each([
  ['SIGINT', 130, 'stopped by Ctrl-C; no file was left half written'],
  ['SIGTERM', 143, 'stopped by SIGTERM; no file was left half written'],
] as const)('%s aborts the work with a reason', async (name, exitCode, message) => {
  const before = process.listenerCount(name);
  const reason = await new Promise<unknown>((resolve) => {
    void interruptible((signal) => {
      process.emit(name, name);
      resolve(signal.reason);
      return Promise.resolve(0);
    });
  });
  expect(reason).toBeInstanceOf(Interrupted);
  expect(reason).toMatchObject({ exitCode, message });
  expect(process.listenerCount(name)).toBe(before);
});
