import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  cacheFolder,
  folderSize,
  isComplete,
  isIntact,
  mainLibrary,
  writeContents,
} from './cache.js';
import { wheelsFor } from './wheels.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'graft-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('cacheFolder', () => {
  it.each<[NodeJS.ProcessEnv, string]>([
    [{}, path.join(homedir(), '.cache/graft/tensorflow')],
    [{ HOME: '/home/ann' }, '/home/ann/.cache/graft/tensorflow'],
    [{ XDG_CACHE_HOME: '/var/cache' }, '/var/cache/graft/tensorflow'],
    [{ HOME: '/home/ann', XDG_CACHE_HOME: 'relative' }, '/home/ann/.cache/graft/tensorflow'],
    [{ GRAFT_CACHE: '/data/graft', XDG_CACHE_HOME: '/var/cache' }, '/data/graft/tensorflow'],
  ])('%o', (env, expected) => {
    expect(cacheFolder(env)).toBe(expected);
  });
});

describe('isComplete', () => {
  const cpu = wheelsFor('cpu', 'x64') ?? [];
  const note = () => path.join(folder, 'complete.json');

  beforeEach(() => {
    mkdirSync(path.join(folder, 'tensorflow'));
    writeFileSync(mainLibrary(folder), 'a library');
    writeFileSync(path.join(folder, 'tensorflow', 'LICENSE'), 'long');
  });

  it('holds for exactly the wheels that were unpacked', () => {
    expect(isComplete(folder, cpu)).toBe(false);
    writeContents(folder, cpu);
    expect(isComplete(folder, cpu)).toBe(true);
    expect(isComplete(folder, wheelsFor('cpu', 'arm64') ?? [])).toBe(false);
  });

  it.each([
    ['a missing library', () => rmSync(mainLibrary(folder))],
    ['a truncated library', () => truncateSync(mainLibrary(folder), 4)],
    ['a damaged note', () => truncateSync(note(), 20)],
    ['a note without sizes', () => writeFileSync(note(), JSON.stringify({ wheels: cpu }))],
  ])('sees %s', (_, damage) => {
    writeContents(folder, cpu);
    damage();
    expect(isComplete(folder, cpu)).toBe(false);
    expect(isIntact(folder)).toBe(false);
  });

  it('weighs libraries only', () => {
    writeContents(folder, cpu);
    rmSync(path.join(folder, 'tensorflow', 'LICENSE'));
    expect(isComplete(folder, cpu)).toBe(true);
    expect(JSON.parse(readFileSync(note(), 'utf8'))).toMatchObject({
      libraries: { 'tensorflow/libtensorflow_cc.so.2': 9 },
    });
  });
});

describe('folderSize', () => {
  it('adds up the files below and follows no link', () => {
    mkdirSync(path.join(folder, 'a', 'b'), { recursive: true });
    writeFileSync(path.join(folder, 'a', 'one'), 'x'.repeat(1000));
    writeFileSync(path.join(folder, 'a', 'b', 'two'), 'x'.repeat(500));
    const before = folderSize(folder);
    symlinkSync(folder, path.join(folder, 'loop'));
    expect(before).toBe(1500);
    expect(folderSize(folder)).toBeLessThan(1500 + 200);
    expect(folderSize(path.join(folder, 'none'))).toBe(0);
  });
});
