import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InstallReport } from './install/install.js';
import { isRunning } from './install/testing/is-running.js';
import { bundle, Sandbox } from './install/testing/sandbox.js';

let programs: string;
let cli: string;
let sandbox: Sandbox;

beforeAll(async () => {
  programs = mkdtempSync(path.join(tmpdir(), 'graft-cli-'));
  cli = await bundle('cli.ts', programs);
});
afterAll(() => rmSync(programs, { recursive: true, force: true }));
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.remove());

describe.runIf(process.platform === 'linux')('backend-node', () => {
  it('installs into the current folder', async () => {
    const { finished } = sandbox.start(cli, ['install']);
    await expect(finished).resolves.toEqual({
      status: 0,
      stdout: '@tensorflow/tfjs-node 4.22.0 now runs on TensorFlow 2.21.0 (CPU).\n',
      stderr: '',
    });
  });

  it('works once when it is started twice', async () => {
    const both = ['a', 'b'].map(() =>
      sandbox.start(cli, ['install', '--json'], { FAKE_PIP: 'slow' }),
    );
    const ends = await Promise.all(both.map(({ finished }) => finished));
    expect(ends.map(({ status }) => status)).toEqual([0, 0]);
    const changed = ends.map(
      ({ stdout }) => (JSON.parse(stdout) as InstallReport).packages[0]?.changed,
    );
    expect(changed.sort()).toEqual([false, true]);
    expect(sandbox.calls()).toEqual(['pip download', 'unpack', 'g++']);
  });

  it.each([
    ['SIGINT', 130, { FAKE_PIP: 'hang' }, 'pip'],
    ['SIGTERM', 143, { FAKE_PIP: 'hang' }, 'pip'],
    ['SIGHUP', 129, { FAKE_COMPILER: 'hang' }, 'g++'],
  ] as const)('%s (%i) while it waits (%o) leaves nothing behind', async (...row) => {
    const [signal, status, fakes, program] = row;
    const { child, finished } = sandbox.start(cli, ['install'], fakes);
    const hanging = () => sandbox.calls().find((call) => call.startsWith(`${program} hangs `));
    await vi.waitFor(() => expect(hanging()).toBeDefined(), { timeout: 10_000 });
    child.kill(signal);
    await expect(finished).resolves.toEqual({
      status,
      stdout: '',
      stderr: `error: interrupted by ${signal}; nothing half-written remains.\nwhat to do: run the same command again\n`,
    });
    const pids = hanging()?.split(' ').slice(-2).map(Number) ?? [];
    await vi.waitFor(() => expect(pids.map(isRunning)).toEqual([false, false]), { timeout: 5000 });
    expect(sandbox.cached()).toEqual(program === 'pip' ? [] : [`2.21.0-cpu-${process.arch}`]);
    await expect(sandbox.start(cli, ['install']).finished).resolves.toMatchObject({ status: 0 });
  });

  it('goes on after a run that was killed outright', async () => {
    const { child, finished } = sandbox.start(cli, ['install'], { FAKE_PIP: 'hang' });
    const hanging = () => sandbox.calls().find((call) => call.startsWith('pip hangs '));
    await vi.waitFor(() => expect(hanging()).toBeDefined(), { timeout: 10_000 });
    child.kill('SIGKILL');
    for (const pid of hanging()?.split(' ').slice(-2).map(Number) ?? [])
      process.kill(pid, 'SIGKILL');
    await finished;
    expect(sandbox.cached()).toEqual(['lock', expect.stringMatching(/^work-/)]);
    await expect(sandbox.start(cli, ['install']).finished).resolves.toMatchObject({ status: 0 });
    expect(sandbox.cached()).toEqual([`2.21.0-cpu-${process.arch}`, 'bindings']);
  });
});
