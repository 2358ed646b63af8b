import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isAlive, thisProcess } from './process-identity.js';

describe('isAlive', () => {
  it('holds for this process and for any of another machine', () => {
    expect(isAlive(thisProcess())).toBe(true);
    expect(isAlive({ host: 'elsewhere', pid: 1, started: '' })).toBe(true);
  });

  it('does not hold for one that has ended', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    expect(isAlive({ ...thisProcess(), pid })).toBe(false);
  });

  it.runIf(process.platform === 'linux')('does not take a later process for the same one', () => {
    const me = thisProcess();
    expect(isAlive({ ...me, started: String(Number(me.started) - 1) })).toBe(false);
  });
});
