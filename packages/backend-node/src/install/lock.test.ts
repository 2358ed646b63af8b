import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { withLock, type LockOptions } from './lock.js';
import { isAlive, thisProcess } from './process-identity.js';
import { bundle } from './testing/sandbox.js';

vi.mock(import('./process-identity.js'), async (original) => {
  const real = await original();
  return { ...real, isAlive: vi.fn(real.isAlive) };
});

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'graft-lock-'));
  file = path.join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function options(more: Partial<LockOptions> = {}): LockOptions {
  return { signal: new AbortController().signal, onWait: () => {}, pollMs: 5, ...more };
}

function writeOwner(owner: object): void {
  writeFileSync(file, JSON.stringify({ ...thisProcess(), ticket: 'theirs', ...owner }));
}

describe('withLock', () => {
  it('lets one in at a time and tells the other whom it waits for', async () => {
    const events: string[] = [];
    const onWait = vi.fn();
    const enter = (name: string) =>
      withLock(file, options({ onWait }), async () => {
        events.push(`${name} in`);
        await sleep(30);
        events.push(`${name} out`);
      });
    await Promise.all([enter('a'), enter('b')]);
    expect(events).toEqual(['a in', 'a out', 'b in', 'b out']);
    expect(onWait).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ pid: process.pid }));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('returns what the action returns, and is free after one that throws', async () => {
    await expect(withLock(file, options(), () => Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    );
    await expect(withLock(file, options(), async () => 7)).resolves.toBe(7);
  });

  it('takes over from a process that has died', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeOwner({ pid });
    await expect(withLock(file, options(), async () => 'in')).resolves.toBe('in');
    expect(readdirSync(folder)).toEqual([]);
  });

  it.runIf(existsSync('/proc/self/stat'))(
    'takes over when the number of its owner belongs to another process since',
    async () => {
      writeOwner({ started: '1' });
      await expect(withLock(file, options(), async () => 'in')).resolves.toBe('in');
    },
  );

  it('takes over from one that died while it took over', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeOwner({ pid });
    const guard = JSON.stringify({ ...thisProcess(), pid, ticket: 'guard' });
    writeFileSync(`${file}.theirs.stale`, guard);
    await expect(withLock(file, options(), async () => 'in')).resolves.toBe('in');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves a dead lock to the one that is taking it over', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeOwner({ pid });
    const guard = `${file}.theirs.stale`;
    writeFileSync(guard, JSON.stringify({ ...thisProcess(), ticket: 'guard' }));
    const waiting = withLock(file, options({ patienceMs: 20 }), async () => 'in');
    await expect(waiting).rejects.toMatchObject({ code: 'locked' });
    expect([existsSync(file), existsSync(guard)]).toEqual([true, true]);
  });

  it('does not delete a lock that was taken over while it looked at the dead owner', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeOwner({ pid });
    vi.mocked(isAlive).mockImplementationOnce(() => {
      writeOwner({ ticket: 'new' });
      return false;
    });
    const waiting = withLock(file, options({ patienceMs: 20 }), async () => 'in');
    await expect(waiting).rejects.toMatchObject({ code: 'locked' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ ticket: 'new' });
  });

  it('waits for a process of another machine, but not for ever', async () => {
    writeOwner({ host: 'elsewhere', pid: 12 });
    const waiting = withLock(file, options({ patienceMs: 20 }), async () => 'in');
    await expect(waiting).rejects.toMatchObject({
      code: 'locked',
      message: `process 12 on elsewhere has held ${file} for too long.`,
    });
    expect(existsSync(file)).toBe(true);
  });

  it('refuses a file that is no lock', async () => {
    writeFileSync(file, 'notes');
    await expect(withLock(file, options(), async () => 'in')).rejects.toMatchObject({
      code: 'locked',
      message: `${file} is not a lock of Graft.`,
    });
  });

  it('stops waiting when it is aborted', async () => {
    writeOwner({});
    const controller = new AbortController();
    const waiting = withLock(
      file,
      options({ signal: controller.signal, pollMs: 60_000 }),
      async () => 'in',
    );
    controller.abort(new Error('stop'));
    await expect(waiting).rejects.toThrow('stop');
  });
});

describe('withLock between processes', () => {
  let programs: string;
  let lock: string;
  beforeAll(async () => {
    programs = mkdtempSync(path.join(tmpdir(), 'graft-lock-program-'));
    lock = await bundle('install/lock.ts', programs);
  });
  afterAll(() => rmSync(programs, { recursive: true, force: true }));

  function start(action: string) {
    const program = `
      const { appendFileSync } = require('node:fs');
      const { setTimeout: sleep } = require('node:timers/promises');
      const { withLock } = require(${JSON.stringify(lock)});
      const note = (what) => appendFileSync(${JSON.stringify(path.join(folder, 'log'))}, what + '\\n');
      const options = { signal: new AbortController().signal, onWait() {}, pollMs: 3 };
      void withLock(${JSON.stringify(file)}, options, async () => { ${action} });`;
    const child = spawn(process.execPath, ['-e', program], { stdio: 'inherit' });
    return { child, ended: new Promise((resolve) => child.on('close', resolve)) };
  }
  const log = () => {
    const notes = path.join(folder, 'log');
    return existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : [];
  };

  it('never lets two in, though all of them find a dead owner', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeOwner({ pid });
    const all = Array.from({ length: 6 }, () =>
      start(`for (let i = 0; i < 3; i++) { note('in'); await sleep(4); note('out'); }`),
    );
    await Promise.all(all.map(({ ended }) => ended));
    expect(log()).toEqual(Array.from({ length: 18 }, () => ['in', 'out']).flat());
    expect(readdirSync(folder)).toEqual(['log']);
  });

  it('takes over from a process that was killed', async () => {
    const holder = start(`note('in'); await sleep(60_000);`);
    await vi.waitFor(() => expect(log()).toEqual(['in']), { timeout: 5000 });
    holder.child.kill('SIGKILL');
    await holder.ended;
    expect(existsSync(file)).toBe(true);
    await expect(withLock(file, options(), async () => 'in')).resolves.toBe('in');
  });
});
