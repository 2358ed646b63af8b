// Two sources: a data set's Debian package, installed already, or fetched with apt-get, which needs no root.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GraftError } from '@graftjs/core';
import { unpack, type Contents, type DataFile } from './data-file.js';
import { isMissing } from './file-error.js';
import type { Source } from './source.js';

const execFileAsync = promisify(execFile);

/** A package and the folder, absolute, into which it puts the `.gz` files. */
export interface DebianPackage {
  readonly name: string;
  readonly folder: string;
}

/** apt-get's own patience is minutes. */
const impatience = [
  ['-o', 'Acquire::Retries=1'],
  ['-o', 'Acquire::http::Timeout=15'],
  ['-o', 'Acquire::https::Timeout=15'],
].flat();

/** The package as installed. */
export function installedPackage({ name, folder }: DebianPackage): Source {
  return {
    name: `the installed Debian package ${name}`,
    read: (files) => readFolder(folder, files),
  };
}

/** The package as apt-get has it, downloaded and unpacked in a temporary folder: nothing is installed. */
export function downloadedPackage({ name, folder }: DebianPackage): Source {
  const source = `apt-get download ${name}`;
  return {
    name: source,
    async read(files, { signal, onProgress }) {
      const total = files.reduce((sum, { packedBytes }) => sum + packedBytes, 0);
      const tell = (received: number): void => onProgress?.({ source, received, total });
      // apt-get tells nothing in between.
      tell(0);
      const temporary = await mkdtemp(join(tmpdir(), 'graft-'));
      try {
        await aptDownload(name, temporary, signal);
        const archive = (await readdir(temporary)).find((file) => file.endsWith('.deb'));
        if (archive === undefined) throw new GraftError('apt-get downloaded nothing');
        tell(total);
        await run('dpkg-deb', ['-x', archive, 'unpacked'], temporary, signal);
        return await readFolder(join(temporary, 'unpacked', folder), files);
      } finally {
        await rm(temporary, { recursive: true, force: true });
      }
    },
  };
}

/** apt's lists may be missing, as on a fresh machine, or so old that the server has dropped what they name. */
const staleLists = /unable to locate package|404 +not found/i;

async function aptDownload(
  name: string,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const apt = (...args: string[]) => run('apt-get', [...impatience, ...args], folder, signal);
  try {
    await apt('download', name);
  } catch (error) {
    if (!(error instanceof Error && staleLists.test(error.message))) throw error;
    // Lists of our own need no root and leave the machine's as they are.
    await mkdir(join(folder, 'lists', 'partial'), { recursive: true });
    const own = [
      ['-o', `Dir::State::Lists=${join(folder, 'lists')}`],
      ['-o', `Dir::Cache=${join(folder, 'cache')}`],
    ].flat();
    await apt(...own, 'update');
    await apt(...own, 'download', name);
  }
}

async function readFolder(
  folder: string,
  files: readonly DataFile[],
): Promise<Contents | undefined> {
  const contents = new Map<string, Uint8Array>();
  for (const file of files) {
    try {
      contents.set(file.name, await unpack(file, await readFile(join(folder, `${file.name}.gz`))));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
  return contents;
}

/** Runs a program in a folder. @throws GraftError with what it complained of */
async function run(
  program: string,
  args: readonly string[],
  cwd: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    // Messages in English, whatever the user speaks: one of them is recognised below.
    const env = { ...process.env, LC_ALL: 'C' };
    await execFileAsync(program, args, { cwd, env, timeout: 600_000, ...(signal && { signal }) });
  } catch (error) {
    if (isMissing(error)) throw new GraftError(`no ${program} here`);
    const { stderr, message } = error as Error & { stderr?: string };
    const complaint = /^(?:E|dpkg-deb: error): *(.+)$/m.exec(stderr ?? '')?.[1] ?? message;
    throw new GraftError(`${program} failed: ${complaint.split('\n')[0]}`);
  }
}
