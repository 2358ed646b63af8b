import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { help, runCommandLine } from './command-line.js';
import type { InstallReport } from './install.js';
import type { InstallStatus } from './status.js';
import type { Fakes } from './testing/fake-programs.js';
import { Sandbox } from './testing/sandbox.js';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.remove());

async function run(args: readonly string[], fakes: Fakes = {}, isTTY = false) {
  const texts = { stdout: '', stderr: '' };
  const { env, from } = sandbox.options(fakes);
  const status = await runCommandLine(
    args.map((arg) => (arg === 'PROJECT' ? from : arg)),
    {
      stdout: { write: (text) => (texts.stdout += text) },
      stderr: { write: (text) => (texts.stderr += text), isTTY },
      env,
      signal: new AbortController().signal,
    },
  );
  return { status, ...texts };
}

const install = ['install', '--from', 'PROJECT'];

describe('the command line', () => {
  it('explains itself', async () => {
    await expect(run(['--help'])).resolves.toEqual({ status: 0, stdout: help, stderr: '' });
    await expect(run(['install', '--help'])).resolves.toMatchObject({ status: 0, stdout: help });
    expect(help).toContain('npx @graftjs/backend-node install --cuda');
  });

  it.each([
    [[], 'the command must be install or status. Received: none'],
    [['uninstall'], 'the command must be install or status. Received: uninstall'],
    [['install', '--gpu'], "Unknown option '--gpu'"],
    [['status', '--force'], "Unknown option '--force'"],
    [['install', 'here'], "Unexpected argument 'here'"],
  ])('refuses %j', async (args, message) => {
    const { status, stdout, stderr } = await run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).toContain('\nwhat to do: see backend-node --help\n');
  });
});

describe.runIf(process.platform === 'linux')('install', () => {
  it('prints one line a package, and no steps into a pipe', async () => {
    const line = (when: string) =>
      `@tensorflow/tfjs-node 4.22.0 ${when} runs on TensorFlow 2.21.0 (CPU).\n`;
    await expect(run(install)).resolves.toEqual({ status: 0, stdout: line('now'), stderr: '' });
    await expect(run(install)).resolves.toMatchObject({ stdout: line('already'), stderr: '' });
  });

  it('shows steps and the growing download to people', async () => {
    const { stderr } = await run(install, { FAKE_PIP: 'slow' }, true);
    expect(stderr).toMatch(/downloading tensorflow(-cpu)? 2\.21\.0 \(\d+ MB\)\n/);
    expect(stderr).toMatch(/ {2}0 MB of \d+ MB/);
    expect(stderr.endsWith('\r\x1b[K')).toBe(true);
  });

  it('prints the report as JSON', async () => {
    const { stdout } = await run([...install, '--json']);
    expect(JSON.parse(stdout) as InstallReport).toMatchObject({
      tensorflow: '2.21.0',
      variant: 'cpu',
      packages: [{ name: '@tensorflow/tfjs-node', changed: true }],
    });
  });

  it.runIf(process.arch === 'x64')('names a missing GPU', async () => {
    const { status, stdout, stderr } = await run([...install, '--cuda']);
    expect(status).toBe(0);
    expect(stdout).toContain('(CUDA 12, no GPU found)');
    expect(stderr).toMatch(/^note: @tensorflow\/tfjs-node found no GPU/);
    await expect(
      run([...install, '--cuda', '--force'], { FAKE_TFJS: 'gpu' }),
    ).resolves.toMatchObject({
      stdout: expect.stringContaining('(CUDA 12, on the GPU)') as string,
      stderr: '',
    });
  });

  it('fails with the output of the program, one line, and what to do', async () => {
    await expect(run(install, { FAKE_COMPILER: 'fail' })).resolves.toEqual({
      status: 1,
      stdout: '',
      stderr: `tfjs_backend.cc:1:10: fatal error: no such thing

error: g++ could not compile the binding of @tensorflow/tfjs-node 4.22.0 (status 1).
what to do: a compiler with C++17 is needed (g++ 8 or newer; CXX names another one), and tfjs-node 4.22
`,
    });
  });

  it('fails as JSON too', async () => {
    sandbox.removeProgram('g++');
    const { status, stdout } = await run([...install, '--json']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'no-compiler', details: '' } });
  });
});

describe.runIf(process.platform === 'linux')('status', () => {
  const status = ['status', '--from', 'PROJECT'];

  it('says what is in place, before and after', async () => {
    const folder = path.join(sandbox.project, 'node_modules', '@tensorflow', 'tfjs-node');
    const cache = `Cache: ${sandbox.cache}, 0 MB\n`;
    const output = (what: string) => ({
      status: 0,
      stdout: `@tensorflow/tfjs-node 4.22.0 ${what}.\n  ${folder}\n${cache}`,
      stderr: '',
    });
    await expect(run(status)).resolves.toEqual(
      output('has no TensorFlow; run: backend-node install'),
    );
    await run(install);
    await expect(run(status)).resolves.toEqual(output('runs on TensorFlow 2.21.0 (CPU)'));
    rmSync(path.join(folder, 'lib'), { recursive: true });
    await expect(run(status)).resolves.toEqual(output('is incomplete; run: backend-node install'));
  });

  it('says so if nothing is installed', async () => {
    const { stdout } = await run(['status', '--from', sandbox.bin]);
    expect(stdout).toContain(`No tfjs-node package is installed in ${sandbox.bin}.`);
  });

  it('prints JSON', async () => {
    const { stdout } = await run([...status, '--json']);
    expect(JSON.parse(stdout) as InstallStatus).toMatchObject({
      packages: [{ state: 'missing' }],
      cache: { folder: sandbox.cache },
    });
  });
});
