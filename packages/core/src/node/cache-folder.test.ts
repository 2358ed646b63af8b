import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder } from './cache-folder.js';

describe('the folder of the cache', () => {
  it.each([
    [{ GRAFT_CACHE: '/a', XDG_CACHE_HOME: '/b' }, '/a'],
    [{ XDG_CACHE_HOME: '/b' }, '/b/graft'],
    [{ GRAFT_CACHE: '', XDG_CACHE_HOME: '' }, join(homedir(), '.cache/graft')],
    [{}, join(homedir(), '.cache/graft')],
  ])('with %o', (env, folder) => {
    expect(cacheFolder(env)).toBe(folder);
  });
});
