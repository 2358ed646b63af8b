// One copy of tfjs in the whole workspace: two half-work, because the engine is global and the registries are not.

import { readFileSync, readdirSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const rooms = ['packages', 'apps'].flatMap((parent) =>
  readdirSync(path.join(root, parent)).map((name) => path.join(root, parent, name)),
);

describe.each(['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers'])('%s', (name) => {
  it('is the same file from wherever it is asked for', () => {
    const paths = rooms.flatMap((room) => resolveFrom(room, name) ?? []);
    expect(paths.length).toBeGreaterThan(3);
    expect(new Set(paths).size).toBe(1);
  });

  it('is the copy that tfjs-node uses', () => {
    const [umbrella] = rooms.flatMap(
      (room) => resolveFrom(room, '@tensorflow/tfjs-node-gpu') ?? [],
    );
    expect(umbrella).toBeDefined();
    const tfjs = resolveFrom(path.dirname(umbrella as string), '@tensorflow/tfjs');
    const used = resolveFrom(path.dirname(tfjs as string), name);
    expect(used).toBe(rooms.flatMap((room) => resolveFrom(room, name) ?? [])[0]);
  });

  it('has one version in the lock file', () => {
    const lock = readFileSync(path.join(root, 'pnpm-lock.yaml'), 'utf8');
    const versions = [...lock.matchAll(new RegExp(`^  '${name}@([^(']+)`, 'gm'))].map((m) => m[1]);
    expect(new Set(versions).size).toBe(1);
  });
});

function resolveFrom(folder: string, name: string): string | undefined {
  try {
    return realpathSync(createRequire(path.join(folder, 'package.json')).resolve(name));
  } catch {
    return undefined;
  }
}
