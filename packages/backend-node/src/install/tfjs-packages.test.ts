import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Sandbox } from './testing/sandbox.js';
import { findTfjsPackages, requireTfjsPackages } from './tfjs-packages.js';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => {
  vi.unstubAllEnvs();
  sandbox.remove();
});

describe('findTfjsPackages', () => {
  it('looks into the folders above', () => {
    const gpu = sandbox.addTfjs('tfjs-node-gpu');
    const deep = path.join(sandbox.project, 'apps', 'trainer');
    mkdirSync(deep, { recursive: true });
    expect(findTfjsPackages(deep)).toEqual([
      expect.objectContaining({ name: '@tensorflow/tfjs-node' }),
      { name: '@tensorflow/tfjs-node-gpu', version: '4.22.0', folder: gpu },
    ]);
  });

  it('takes the nearest one', () => {
    const app = path.join(sandbox.project, 'app');
    const near = path.join(app, 'node_modules', '@tensorflow', 'tfjs-node');
    mkdirSync(path.dirname(near), { recursive: true });
    const { folder } = findTfjsPackages(sandbox.project)[0] ?? {};
    expect(findTfjsPackages(app)[0]?.folder).toBe(folder);
    sandbox.addTfjs('tfjs-node', app);
    expect(findTfjsPackages(app)[0]?.folder).toBe(near);
  });

  it('does not look into NODE_PATH', () => {
    vi.stubEnv('NODE_PATH', path.join(sandbox.project, 'node_modules'));
    expect(findTfjsPackages(sandbox.bin)).toEqual([]);
    expect(() => requireTfjsPackages(sandbox.bin)).toThrow('neither @tensorflow/tfjs-node nor');
  });
});
