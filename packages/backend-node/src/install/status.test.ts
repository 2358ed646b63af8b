import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { install } from './install.js';
import { installStatus } from './status.js';
import { Sandbox } from './testing/sandbox.js';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.remove());

const only = () => installStatus(sandbox.options()).packages[0];

describe('installStatus', () => {
  it('lists nothing where no tfjs-node is installed', () => {
    const { env } = sandbox.options();
    expect(installStatus({ from: sandbox.bin, env })).toEqual({
      packages: [],
      cache: { folder: sandbox.cache, bytes: 0 },
    });
  });

  it('tells a package without a binding', () => {
    expect(only()).toEqual({
      name: '@tensorflow/tfjs-node',
      version: '4.22.0',
      folder: path.join(sandbox.project, 'node_modules', '@tensorflow', 'tfjs-node'),
      state: 'missing',
      tensorflow: null,
      variant: null,
      gpu: false,
    });
  });

  it("tells the package's own installation", () => {
    const folder = sandbox.addTfjs('tfjs-node');
    mkdirSync(path.join(folder, 'deps', 'lib'), { recursive: true });
    mkdirSync(path.join(folder, 'lib', 'napi-v8'), { recursive: true });
    writeFileSync(path.join(folder, 'deps', 'lib', 'libtensorflow.so.2.9.1'), '');
    writeFileSync(path.join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'), '');
    expect(only()).toMatchObject({ state: 'own', tensorflow: '2.9.1', variant: null });
  });

  it.runIf(process.platform === 'linux')('tells what Graft installed', async () => {
    await install(sandbox.options());
    const { packages, cache } = installStatus(sandbox.options());
    expect(packages).toMatchObject([{ state: 'ready', tensorflow: '2.21.0', variant: 'cpu' }]);
    expect(cache.bytes).toBeGreaterThan('library\n'.length + 'a binding'.length);
  });
});
