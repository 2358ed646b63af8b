import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isGraftError } from '@graftjs/core';
import { install, type InstallOptions } from './install.js';
import { installStatus } from './status.js';
import type { InstallErrorCode } from './errors.js';
import type { Fakes } from './testing/fake-programs.js';
import { Sandbox } from './testing/sandbox.js';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.remove());

const installed = (fakes: Fakes = {}, options: InstallOptions = {}) =>
  install({ ...sandbox.options(fakes), ...options });
const inPackage = (name: string, ...rest: string[]) =>
  path.join(sandbox.project, 'node_modules', '@tensorflow', name, ...rest);

describe.runIf(process.platform === 'linux')('install', () => {
  it('downloads, unpacks, compiles, links and verifies', async () => {
    const log: string[] = [];
    const report = await installed({}, { log: (line) => log.push(line) });
    const site = path.join(sandbox.cache, `2.21.0-cpu-${process.arch}`);
    const folder = inPackage('tfjs-node');
    expect(report).toEqual({
      tensorflow: '2.21.0',
      variant: 'cpu',
      site,
      packages: [
        { name: '@tensorflow/tfjs-node', version: '4.22.0', folder, changed: true, gpu: false },
      ],
      notes: [],
      seconds: expect.any(Number) as number,
    });
    expect(readlinkSync(path.join(folder, 'deps', 'graft'))).toBe(path.join(site, 'tensorflow'));
    expect(readFileSync(path.join(folder, 'lib/napi-v8/tfjs_binding.node'), 'utf8')).toBe(
      'a binding',
    );
    expect(sandbox.calls()).toEqual(['pip download', 'unpack', 'g++']);
    expect(sandbox.cached()).toEqual([path.basename(site), 'bindings']);
    expect(log.map((line) => line.split(' ')[0])).toEqual([
      'downloading',
      'unpacked',
      'compiled',
      'verifying',
    ]);
  });

  it('does nothing where all is in place', async () => {
    await installed();
    // Not even the programs are needed.
    sandbox.removeProgram('python3');
    sandbox.removeProgram('g++');
    const { packages } = await installed({ FAKE_TFJS: 'crash' });
    expect(packages.map(({ changed }) => changed)).toEqual([false]);
  });

  it('does all of it again with force', async () => {
    await installed();
    const { packages } = await installed({}, { force: true });
    expect(packages.map(({ changed }) => changed)).toEqual([true]);
    expect(sandbox.calls()).toEqual([
      'pip download',
      'unpack',
      'g++',
      'pip download',
      'unpack',
      'g++',
    ]);
    expect(sandbox.cached()).toHaveLength(2);
  });

  it('gives both packages the same libraries and the same binding', async () => {
    sandbox.addTfjs('tfjs-node-gpu');
    const { packages } = await installed();
    expect(packages.map(({ name }) => name)).toEqual([
      '@tensorflow/tfjs-node',
      '@tensorflow/tfjs-node-gpu',
    ]);
    expect(sandbox.calls()).toEqual(['pip download', 'unpack', 'g++']);
  });

  it('leaves alone the one of two packages that is ready', async () => {
    await installed();
    sandbox.addTfjs('tfjs-node-gpu');
    const { packages } = await installed();
    expect(packages.map(({ changed }) => changed)).toEqual([false, true]);
  });

  it('serves a second project from the cache', async () => {
    await installed();
    rmSync(inPackage('tfjs-node'), { recursive: true });
    sandbox.addTfjs('tfjs-node');
    sandbox.removeProgram('python3');
    sandbox.removeProgram('g++');
    const { packages } = await installed();
    expect(packages.map(({ changed }) => changed)).toEqual([true]);
  });

  it.runIf(process.arch === 'x64')('switches to CUDA and back by linking', async () => {
    await installed();
    const cuda = await installed({ FAKE_TFJS: 'gpu' }, { cuda: true });
    expect(cuda).toMatchObject({ variant: 'cuda12', notes: [], packages: [{ gpu: true }] });
    const before = sandbox.calls().length;
    await expect(installed()).resolves.toMatchObject({ packages: [{ changed: true, gpu: false }] });
    await expect(installed({ FAKE_TFJS: 'gpu' }, { cuda: true })).resolves.toMatchObject({
      packages: [{ changed: true, gpu: true }],
    });
    expect(sandbox.calls()).toHaveLength(before);
    expect(readlinkSync(inPackage('tfjs-node', 'deps', 'graft'))).toContain('2.21.0-cuda12-x64');
  });

  it.runIf(process.arch === 'x64')('says why CUDA does not use a GPU', async () => {
    const { notes } = await installed({}, { cuda: true });
    expect(notes).toEqual([
      '@tensorflow/tfjs-node found no GPU and runs on the CPU. TensorFlow says: failed call to cuInit: no driver',
    ]);
  });

  it('mends what was deleted, overwritten or truncated since', async () => {
    await installed();
    const binding = inPackage('tfjs-node', 'lib/napi-v8/tfjs_binding.node');
    for (const damage of [
      () => rmSync(binding),
      () => rmSync(inPackage('tfjs-node', 'deps'), { recursive: true }),
      () => writeFileSync(binding, 'an old binding'),
      () => rmSync(sandbox.cache, { recursive: true }),
      () => truncateSync(inPackage('tfjs-node', 'deps/graft/libtensorflow_cc.so.2'), 3),
    ]) {
      damage();
      expect(installStatus(sandbox.options()).packages[0]?.state).not.toBe('ready');
      const { packages } = await installed();
      expect(packages.map(({ changed }) => changed)).toEqual([true]);
      expect(readFileSync(binding, 'utf8')).toBe('a binding');
    }
  });

  it('keeps a binding of other origin, and writes through no hard link', async () => {
    const folder = inPackage('tfjs-node', 'lib', 'napi-v8');
    const store = path.join(sandbox.folder, 'store.node');
    mkdirSync(folder, { recursive: true });
    writeFileSync(store, 'from the store');
    linkSync(store, path.join(folder, 'tfjs_binding.node'));
    await installed();
    await installed({}, { force: true });
    expect(readFileSync(store, 'utf8')).toBe('from the store');
    expect(readFileSync(path.join(folder, 'tfjs_binding.node.original'), 'utf8')).toBe(
      'from the store',
    );
  });

  it('finds a package through a link, as pnpm lays it out', async () => {
    const app = path.join(sandbox.folder, 'app');
    mkdirSync(path.join(app, 'node_modules', '@tensorflow'), { recursive: true });
    const link = path.join(app, 'node_modules', '@tensorflow', 'tfjs-node');
    symlinkSync(inPackage('tfjs-node'), link);
    const { packages } = await installed({}, { from: app });
    expect(packages.map(({ folder }) => folder)).toEqual([inPackage('tfjs-node')]);
  });

  it('deletes what killed runs have left', async () => {
    mkdirSync(path.join(sandbox.cache, 'work-abc123'), { recursive: true });
    await installed();
    expect(sandbox.cached()).toEqual([`2.21.0-cpu-${process.arch}`, 'bindings']);
  });

  it('reports the download as it grows', async () => {
    const onDownload = vi.fn();
    await installed({ FAKE_PIP: 'slow' }, { onDownload });
    expect(onDownload).toHaveBeenCalledWith(0, expect.any(Number));
  });

  it('takes the compiler and the Python that CXX and PYTHON name', async () => {
    const { env, from } = sandbox.options();
    const PYTHON = path.join(sandbox.bin, 'python3');
    const CXX = `${path.join(sandbox.bin, 'g++')} -march=native`;
    await install({ from, env: { ...env, PATH: '', PYTHON, CXX } });
    expect(sandbox.calls()).toEqual(['pip download', 'unpack', 'g++']);
  });
});

describe.runIf(process.platform === 'linux')('what can be missing', () => {
  interface Failure {
    readonly code: InstallErrorCode;
    readonly fakes?: Fakes;
    readonly prepare?: () => void;
    readonly env?: () => NodeJS.ProcessEnv;
    readonly message: RegExp;
    readonly remedy: RegExp;
  }

  const failures: Record<string, Failure> = {
    'no tfjs-node': {
      code: 'tfjs-node-missing',
      prepare: () => rmSync(path.join(sandbox.project, 'node_modules'), { recursive: true }),
      message: /^neither @tensorflow\/tfjs-node nor @tensorflow\/tfjs-node-gpu is installed in /,
      remedy: /npm install --ignore-scripts @tensorflow\/tfjs-node/,
    },
    'no such folder': {
      code: 'tfjs-node-missing',
      prepare: () => rmSync(sandbox.project, { recursive: true }),
      message: /^the folder .*project does not exist\.$/,
      remedy: /--from/,
    },
    'no Python': {
      code: 'no-python',
      prepare: () => sandbox.removeProgram('python3'),
      message: /^Python 3\.8 or newer is needed to download TensorFlow: PATH has no python3\.$/,
      remedy: /apt-get install python3 python3-pip/,
    },
    'a Python that is named and missing': {
      code: 'no-python',
      env: () => ({ PYTHON: 'python9' }),
      message: /: PYTHON is "python9"\.$/,
      remedy: /set PYTHON/,
    },
    'an old Python': {
      code: 'no-python',
      fakes: { FAKE_PYTHON: 'old' },
      message: /: python3 is 3\.7\.9\.$/,
      remedy: /set PYTHON/,
    },
    'no pip': {
      code: 'no-pip',
      fakes: { FAKE_PYTHON: 'no-pip' },
      message: /^python3 has no pip/,
      remedy: /apt-get install python3-pip/,
    },
    'no compiler': {
      code: 'no-compiler',
      prepare: () => sandbox.removeProgram('g++'),
      message: /PATH has no g\+\+, c\+\+ or clang\+\+/,
      remedy: /apt-get install g\+\+/,
    },
    'a compiler that is named and missing': {
      code: 'no-compiler',
      env: () => ({ CXX: 'ccache g++9' }),
      message: /CXX does not run: ccache g\+\+9/,
      remedy: /set CXX/,
    },
    'no network': {
      code: 'no-network',
      fakes: { FAKE_PIP: 'no-network' },
      message: /^the Python package index cannot be reached\.$/,
      remedy: /check the network/,
    },
    'an index without the wheel': {
      code: 'download-failed',
      fakes: { FAKE_PIP: 'no-wheel' },
      message: /^pip found no tensorflow-cpu==2\.21\.0 /,
      remedy: /pip, here 23\.2\.1, is 20\.3 or newer/,
    },
    'a damaged download': {
      code: 'wrong-hash',
      fakes: { FAKE_PIP: 'wrong-hash' },
      message:
        /^tensorflow-cpu==2\.21\.0 arrived with the wrong sha256: expected 2b84, received 0000\.$/,
      remedy: /run this again/,
    },
    'a disk that fills up while pip downloads': {
      code: 'disk-full',
      fakes: { FAKE_PIP: 'disk-full' },
      message: /^the disk of \S+\/cache\/tensorflow is full\.$/,
      remedy: /GRAFT_CACHE/,
    },
    'a disk that fills up while wheels are unpacked': {
      code: 'disk-full',
      fakes: { FAKE_UNPACK: 'disk-full' },
      message: /^the disk of \S+\/cache\/tensorflow is full\.$/,
      remedy: /GRAFT_CACHE/,
    },
    'a disk that fills up while the binding is compiled': {
      code: 'disk-full',
      fakes: { FAKE_COMPILER: 'disk-full' },
      message: /^the disk of \S+\/cache\/tensorflow is full\.$/,
      remedy: /GRAFT_CACHE/,
    },
    'a broken wheel': {
      code: 'unpack-failed',
      fakes: { FAKE_UNPACK: 'broken' },
      message: /could not be unpacked \(status 1\)/,
      remedy: /run this again/,
    },
    'a wheel without the library': {
      code: 'unpack-failed',
      fakes: { FAKE_UNPACK: 'empty' },
      message: /holds no libtensorflow_cc\.so\.2/,
      remedy: /report/,
    },
    'a source that does not compile': {
      code: 'compile-failed',
      fakes: { FAKE_COMPILER: 'fail' },
      message:
        /^g\+\+ could not compile the binding of @tensorflow\/tfjs-node 4\.22\.0 \(status 1\)\.$/,
      remedy: /g\+\+ 8 or newer/,
    },
    'a binding that crashes': {
      code: 'binding-does-not-load',
      fakes: { FAKE_TFJS: 'crash' },
      message: /does not load \(signal SIGSEGV\) under Node v/,
      remedy: /AVX/,
    },
    'a binding that loads another TensorFlow': {
      code: 'binding-does-not-load',
      fakes: { FAKE_TFJS: 'old' },
      message: /computes 1 \+ 2 = 3 on TensorFlow 2\.9\.1/,
      remedy: /--force/,
    },
    'a cache that cannot be written': {
      code: 'cache-not-writable',
      prepare: () => writeFileSync(path.dirname(sandbox.cache), 'in the way'),
      message: /^the cache .* cannot be written: ENOTDIR/,
      remedy: /GRAFT_CACHE/,
    },
    'a package that cannot be written': {
      code: 'package-not-writable',
      prepare: () => writeFileSync(inPackage('tfjs-node', 'deps'), 'in the way'),
      message: /^the folder of @tensorflow\/tfjs-node cannot be written: /,
      remedy: /user who installed/,
    },
  };

  it.each(Object.entries(failures))(
    '%s',
    async (_, { code, fakes, prepare, env, message, remedy }) => {
      prepare?.();
      const options = sandbox.options(fakes);
      const failing = install({ ...options, env: { ...options.env, ...env?.() } });
      await expect(failing).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message) as string,
        remedy: expect.stringMatching(remedy) as string,
      });
      await expect(failing).rejects.toSatisfy(isGraftError);
      await failing.catch(({ message, remedy }: Error & { remedy: string }) => {
        expect(`${message}${remedy}`).not.toContain('\n');
      });
      expect(sandbox.cached().filter((name) => /^work-|^lock/.test(name))).toEqual([]);
    },
  );

  it('checks for a compiler before it downloads', async () => {
    sandbox.removeProgram('g++');
    await expect(installed()).rejects.toMatchObject({ code: 'no-compiler' });
    expect(sandbox.calls()).toEqual([]);
  });

  it('goes on where a failed run had to stop', async () => {
    await expect(installed({ FAKE_COMPILER: 'fail' })).rejects.toThrow('could not compile');
    await installed();
    expect(sandbox.calls()).toEqual(['pip download', 'unpack', 'g++', 'g++']);
  });

  it('does not trust what was not verified', async () => {
    await expect(installed({ FAKE_TFJS: 'crash' })).rejects.toThrow('SIGSEGV');
    expect(installStatus(sandbox.options()).packages[0]?.state).toBe('broken');
    await expect(installed()).resolves.toMatchObject({ packages: [{ changed: true }] });
    expect(existsSync(inPackage('tfjs-node', 'lib/napi-v8/tfjs_binding.node.original'))).toBe(
      false,
    );
  });
});
