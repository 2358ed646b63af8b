// What is said of the runtime that is there, and of one that is not.

import { createRequire } from 'node:module';
import { afterEach, expect, it, vi } from 'vitest';
import { loadRuntime } from './load-runtime.js';
import { runtimeStatus } from './runtime-status.js';

vi.mock(import('./load-runtime.js'), { spy: true });

afterEach(() => vi.mocked(loadRuntime).mockReset());

it('names the version and what it computes on', async () => {
  const manifest = createRequire(import.meta.url)('onnxruntime-node/package.json') as object;
  const { version } = manifest as { version: string };
  const status = await runtimeStatus();
  expect(status).toMatchObject({ version });
  expect(status).toHaveProperty('executionProviders', expect.arrayContaining(['cpu']));
  // It comes without the libraries of CUDA.
  expect(status).not.toHaveProperty('executionProviders', expect.arrayContaining(['cuda']));
});

it('says why there is none', async () => {
  vi.mocked(loadRuntime).mockResolvedValue('onnxruntime-node is not installed');
  expect(await runtimeStatus()).toEqual({ missing: 'onnxruntime-node is not installed' });
});
