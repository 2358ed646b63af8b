// A program of a test that runs in a process of its own, so that it can be killed.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it printed, on both streams. */
  readonly output: string;
}

export interface NodeProgram {
  run(...args: string[]): Promise<Ended>;
  remove(): void;
}

/** Bundles a program from source, in the `node_modules` of its folder, where it finds TensorFlow.js. */
export async function nodeProgram(entry: URL): Promise<NodeProgram> {
  const folder = new URL('../node_modules/.programs/', sourceFolder(entry));
  const file = fileURLToPath(new URL(`${randomUUID()}.cjs`, folder));
  await build({
    entryPoints: [fileURLToPath(entry)],
    outfile: file,
    ...{ bundle: true, format: 'cjs', platform: 'node', logLevel: 'error' },
    external: ['@tensorflow/*'],
    conditions: ['@graftjs/source'],
  });
  return {
    run: (...args) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [file, ...args]);
        let output = '';
        const add = (text: Buffer) => void (output += text.toString());
        child.stdout.on('data', add);
        child.stderr.on('data', add);
        child.on('error', reject);
        child.on('close', (code, signal) => resolve({ code, signal, output }));
      }),
    remove: () => rmSync(file, { force: true }),
  };
}

/** The `src` folder that a file is in. */
function sourceFolder({ href }: URL): string {
  return href.slice(0, href.lastIndexOf('/src/') + '/src/'.length);
}
