// A project with a fake tfjs-node, an empty cache and a PATH of fake programs, in a temporary folder.

import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { fakeCompiler, fakePython, fakeTfjs, type Fakes } from './fake-programs.js';

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class Sandbox {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'graft-install-'));
  readonly project = path.join(this.folder, 'project');
  readonly cache = path.join(this.folder, 'cache', 'tensorflow');
  readonly bin = path.join(this.folder, 'bin');
  private readonly log = path.join(this.folder, 'log');

  constructor() {
    mkdirSync(this.bin);
    this.addProgram('python3', fakePython);
    this.addProgram('g++', fakeCompiler);
    this.addTfjs('tfjs-node');
  }

  addProgram(name: string, source: string): void {
    const file = path.join(this.bin, name);
    writeFileSync(file, `#!/bin/sh\n${source}`);
    chmodSync(file, 0o755);
  }

  removeProgram(name: string): void {
    rmSync(path.join(this.bin, name));
  }

  /** Adds a fake package to a project and returns its folder. */
  addTfjs(name: string, project = this.project): string {
    const folder = path.join(project, 'node_modules', '@tensorflow', name);
    mkdirSync(path.join(folder, 'binding'), { recursive: true });
    writeFileSync(path.join(folder, 'binding', 'tfjs_binding.cc'), '// the same in both packages');
    writeFileSync(path.join(folder, 'index.js'), fakeTfjs);
    writeFileSync(
      path.join(folder, 'package.json'),
      JSON.stringify({ name: `@tensorflow/${name}`, version: '4.22.0' }),
    );
    return folder;
  }

  /** Options for `install`. */
  options(fakes: Fakes = {}): { from: string; env: NodeJS.ProcessEnv } {
    return { from: this.project, env: this.env(fakes) };
  }

  private env(fakes: Fakes): NodeJS.ProcessEnv {
    const GRAFT_CACHE = path.dirname(this.cache);
    return { PATH: this.bin, GRAFT_CACHE, FAKE_LOG: this.log, HOME: this.folder, ...fakes };
  }

  /** What the fakes were asked to do, in order. */
  calls(): string[] {
    return existsSync(this.log) ? readFileSync(this.log, 'utf8').trim().split('\n') : [];
  }

  /** Names in the cache; empty if there is none. */
  cached(): string[] {
    return existsSync(this.cache) ? readdirSync(this.cache).sort() : [];
  }

  /** Starts a bundled program inside the project. */
  start(
    program: string,
    args: readonly string[],
    fakes: Fakes = {},
  ): { child: ChildProcess; finished: Promise<Finished> } {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: this.project,
      env: this.env(fakes),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '' };
    child.stdout.on('data', (data: Buffer) => (texts.stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (texts.stderr += data.toString()));
    const finished = new Promise<Finished>((resolve) => {
      child.on('close', (status) => resolve({ status, ...texts }));
    });
    return { child, finished };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Bundles a source file, named from `src/`, into `folder` for plain Node and returns the path of the program. */
export async function bundle(source: string, folder: string): Promise<string> {
  const entry = fileURLToPath(new URL(`../../${source}`, import.meta.url));
  await build({
    entry: [entry],
    outDir: folder,
    format: 'cjs',
    platform: 'node',
    noExternal: [/./],
    outExtension: () => ({ js: '.cjs' }),
    config: false,
    silent: true,
  });
  return path.join(folder, `${path.basename(source, '.ts')}.cjs`);
}
