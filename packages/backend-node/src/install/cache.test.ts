import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder, describeWheels, folderSize, isComplete, mainLibrary } from './cache.js';
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
  it('holds for exactly the wheels that were unpacked', () => {
    const cpu = wheelsFor('cpu', 'x64') ?? [];
    mkdirSync(path.join(folder, 'tensorflow'));
    writeFileSync(mainLibrary(folder), '');
    expect(isComplete(folder, cpu)).toBe(false);
    writeFileSync(path.join(folder, 'complete.json'), describeWheels(cpu));
    expect(isComplete(folder, cpu)).toBe(true);
    expect(isComplete(folder, wheelsFor('cpu', 'arm64') ?? [])).toBe(false);
    rmSync(mainLibrary(folder));
    expect(isComplete(folder, cpu)).toBe(false);
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
