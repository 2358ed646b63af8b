// How a command ends: with its child's exit code, with one line of its own, or by a signal. Each runs as a process.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const here = import.meta.dirname;

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs Node, and calls `onOutput` once it has printed something. */
async function node(args: string[], onOutput?: (pid: number) => void): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd: here, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = { code: null as number | null, stdout: '', stderr: '' };
  if (onOutput) child.stdout.once('data', () => onOutput(child.pid as number));
  child.stdout.on('data', (chunk) => (ended.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (ended.stderr += String(chunk)));
  [ended.code] = (await once(child, 'close')) as [number | null];
  return ended;
}

/** A command that runs `script` in a child, then says `done`, unless it was stopped. */
function commandOf(script: string, output: string): string[] {
  const code = `
    import { run, Stop } from './command.mjs';
    const options = { cwd: '.', env: process.env, output: '${output}' };
    try {
      await run(process.execPath, ['-e', ${JSON.stringify(script)}], options);
      await run(process.execPath, ['-e', 'console.log("done")'], { ...options, output: 'inherit' });
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      if (error.message) console.error(error.message);
      process.exitCode = error.exitCode;
    }`;
  return ['--input-type=module', '-e', code];
}

describe('run.mjs', () => {
  it('names the tasks that it knows', async () => {
    const { code, stdout, stderr } = await node([path.join(here, 'run.mjs'), 'toast']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      'task must be one of start, graft, web, test, check, bench, reference. Received: toast\n',
    );
  });
});

describe('a child', () => {
  it('passes its exit code on, and nothing follows', async () => {
    expect(await node(commandOf('process.exit(3)', 'inherit'))).toMatchObject({
      code: 3,
      stdout: '',
    });
  });

  it('is heard on stderr alone', async () => {
    const ended = await node(commandOf('console.log("installing")', 'stderr'));
    expect(ended).toEqual({ code: 0, stdout: 'done\n', stderr: 'installing\n' });
  });

  it('is named, with the signal, when something kills it', async () => {
    const script = "process.kill(process.pid, 'SIGBUS')";
    expect(await node(commandOf(script, 'inherit'))).toEqual({
      code: 135,
      stdout: '',
      stderr: 'node -e was killed by SIGBUS\n',
    });
  });

  it('is heard only when it fails', async () => {
    const quiet = await node(commandOf('console.log("fine")', 'on-failure'));
    expect(quiet).toEqual({ code: 0, stdout: 'done\n', stderr: '' });
    const loud = await node(commandOf('console.log("why"); process.exit(4)', 'on-failure'));
    expect(loud).toEqual({ code: 4, stdout: '', stderr: 'why\n' });
  });
});

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s', (signal, code) => {
  it.each([0, 7])('reaches the child, and nothing new starts: it ends with %i', async (end) => {
    const script = `process.on('${signal}', () => { console.log('down'); process.exit(${end}) });
      setInterval(() => {}, 1000); console.log('up')`;
    const ended = await node(commandOf(script, 'inherit'), (pid) => process.kill(pid, signal));
    expect(ended).toEqual({ code, stdout: 'up\ndown\n', stderr: '' });
  });

  it('stops the step, even where the child ends well', async () => {
    const script = `process.on('${signal}', () => process.exit(0)); setInterval(() => {}, 1000);
      require('fs').writeSync(process.stdout.fd, 'up')`;
    const code = `
      import { run } from './command.mjs';
      import { step } from './step.mjs';
      const options = { cwd: '.', env: process.env };
      await step('Work', () => run(process.execPath, ['-e', ${JSON.stringify(script)}], options)).catch(() => {});`;
    const args = ['--input-type=module', '-e', code];
    const { stderr } = await node(args, (pid) => process.kill(pid, signal));
    expect(stderr).toMatch(/^── Work …\n── Work: stopped after [\d.]+ s\n$/);
  });
});

describe('npm', () => {
  it('has no shell between itself and a command: a shell would keep the signals', () => {
    const file = path.join(here, '..', 'package.json');
    const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as {
      scripts: Record<string, string>;
    };
    const commands = Object.values(scripts).filter((script) => script.includes('run.mjs'));
    expect(commands).toHaveLength(7);
    for (const command of commands) expect(command).toMatch(/^exec node scripts\/run\.mjs \w+$/);
  });
});
