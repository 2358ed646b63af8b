import { describe, expect, it } from 'vitest';
import { thisHost, wheelsForHost, type Host } from './platform.js';

const linux = (architecture: string, glibc: string | undefined = '2.36'): Host => ({
  platform: 'linux',
  architecture,
  glibc,
});

describe('wheelsForHost', () => {
  it('takes one wheel for the CPU, and TensorFlow with the libraries of NVIDIA for CUDA', () => {
    expect(wheelsForHost(linux('x64', '2.27'), 'cpu').wheels.map(({ name }) => name)).toEqual([
      'tensorflow-cpu',
    ]);
    expect(wheelsForHost(linux('arm64'), 'cpu').wheels.map(({ name }) => name)).toEqual([
      'tensorflow',
    ]);
    const [first, ...others] = wheelsForHost(linux('x64'), 'cuda12').wheels;
    expect(first?.name).toBe('tensorflow');
    expect(others.every(({ name }) => /^nvidia-.*-cu12$/.test(name))).toBe(true);
  });

  it.each<[string, Host, 'cpu' | 'cuda12', RegExp]>([
    [
      'macOS',
      { platform: 'darwin', architecture: 'arm64', glibc: undefined },
      'cpu',
      /darwin-arm64/,
    ],
    ['Windows', { platform: 'win32', architecture: 'x64', glibc: undefined }, 'cpu', /win32-x64/],
    ['a 32-bit processor', linux('arm'), 'cpu', /linux-arm:/],
    ['CUDA on arm64', linux('arm64'), 'cuda12', /CUDA 12 is not available for linux-arm64/],
    ['Alpine', { ...linux('x64'), glibc: undefined }, 'cpu', /musl/],
    ['an old C library', linux('x64', '2.26'), 'cpu', /glibc 2\.26: GNU libc 2\.27/],
  ])('refuses %s', (_, host, variant, message) => {
    expect(() => wheelsForHost(host, variant)).toThrow(
      expect.objectContaining({
        code: 'unsupported-platform',
        message: expect.stringMatching(message) as string,
      }),
    );
  });
});

describe('thisHost', () => {
  it.runIf(process.platform === 'linux')('knows this machine', () => {
    const { platform, architecture } = thisHost();
    expect({ platform, architecture }).toEqual({ platform: 'linux', architecture: process.arch });
  });
});
