import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runProgram } from './run-program.js';
import { isRunning } from './testing/is-running.js';

let folder: string;
let controller: AbortController;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'graft-run-'));
  controller = new AbortController();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const node = (program: string) =>
  runProgram(process.execPath, ['-e', program], {
    env: { PATH: process.env['PATH'] },
    signal: controller.signal,
  });

describe('runProgram', () => {
  it('returns both outputs and how the program ended', async () => {
    await expect(node(`console.log('out'); console.error('err')`)).resolves.toEqual({
      ok: true,
      missing: false,
      ending: 'status 0',
      stdout: 'out\n',
      stderr: 'err\n',
    });
    await expect(node('process.exit(3)')).resolves.toMatchObject({ ok: false, ending: 'status 3' });
    await expect(node(`process.kill(process.pid, 'SIGKILL')`)).resolves.toMatchObject({
      ok: false,
      ending: 'signal SIGKILL',
    });
  });

  it('says that a program is missing', async () => {
    const { env, signal } = { env: { PATH: folder }, signal: controller.signal };
    await expect(runProgram('no-such-program', [], { env, signal })).resolves.toMatchObject({
      ok: false,
      missing: true,
    });
  });

  it('keeps the end of a long output', async () => {
    const { stdout } = await node(`process.stdout.write('x'.repeat(300_000) + 'end')`);
    expect(stdout).toHaveLength(200_000);
    expect(stdout.endsWith('xend')).toBe(true);
  });

  it('starts nothing once it is aborted', async () => {
    controller.abort(new Error('stop'));
    const file = path.join(folder, 'started');
    await expect(node(`require('fs').writeFileSync(${JSON.stringify(file)}, '')`)).rejects.toThrow(
      'stop',
    );
    expect(existsSync(file)).toBe(false);
  });

  it('ends the program and what it started, even if they ignore SIGTERM', async () => {
    const file = path.join(folder, 'pids');
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`;
    const running = node(`
      const child = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stubborn)}], { stdio: 'inherit' });
      ${stubborn}
      setTimeout(() => require('fs').writeFileSync(${JSON.stringify(file)}, process.pid + ' ' + child.pid), 200);`);
    const stopped = expect(running).rejects.toThrow('stop');
    await vi.waitFor(() => expect(existsSync(file)).toBe(true), { timeout: 5000 });
    controller.abort(new Error('stop'));
    await stopped;
    const pids = readFileSync(file, 'utf8').split(' ').map(Number);
    await vi.waitFor(() => expect(pids.map(isRunning)).toEqual([false, false]), { timeout: 5000 });
  });
});
