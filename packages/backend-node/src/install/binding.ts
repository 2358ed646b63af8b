// Compiles tfjs-node's N-API binding against the cached libtensorflow: one call of the compiler, no node-gyp.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
/// <reference path="./node-api-headers.d.ts" />
import nodeApi from 'node-api-headers';
import { bindingFile, withWorkFolder } from './cache.js';
import type { Compiler } from './compiler.js';
import type { InstallContext } from './context.js';
import { diskFull, saysDiskFull } from './disk-space.js';
import { InstallError, lastLines } from './errors.js';
import { runProgram } from './run-program.js';
import { packagePaths, type TfjsPackage } from './tfjs-packages.js';
import { TENSORFLOW_VERSION, type Architecture } from './wheels.js';

const flags = [
  ...['-std=gnu++17', '-O2', '-fPIC', '-shared', '-fno-exceptions', '-fvisibility=hidden'],
  ...['-DNAPI_VERSION=8', '-DNODE_GYP_MODULE_NAME=tfjs_binding', '-DBUILDING_NODE_EXTENSION'],
  // tfjs-node's source is not ours to mend.
  '-w',
] as const;

// From lib/napi-v8 to the link inside the package. DT_RPATH comes before LD_LIBRARY_PATH, so no other TensorFlow gets in.
const linkFlags = [
  ...['-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'],
  ...['-Wl,-rpath,$ORIGIN/../../deps/graft', '-Wl,--disable-new-dtags'],
] as const;

/** Name of the binding in the cache: equal for equal sources, so tfjs-node and tfjs-node-gpu share one, and so do CPU and CUDA. */
export function bindingKey(tfjs: TfjsPackage, architecture: Architecture): string {
  const { source } = packagePaths(tfjs);
  const hash = createHash('sha256');
  hash.update(JSON.stringify([TENSORFLOW_VERSION, architecture, flags, linkFlags]));
  for (const name of readdirSync(source).sort()) {
    hash.update(`\0${name}\0`).update(readFileSync(path.join(source, name)));
  }
  return hash.digest('hex').slice(0, 20);
}

/**
 * Compiles the binding of a package into the cache, whole or not at all. The caller holds the lock.
 *
 * @throws InstallError `compile-failed` or `disk-full`
 */
export async function compileBinding(
  compiler: Compiler,
  tfjs: TfjsPackage,
  key: string,
  site: string,
  cache: string,
  { env, signal, log }: InstallContext,
): Promise<void> {
  const { source } = packagePaths(tfjs);
  const libraries = path.join(site, 'tensorflow');
  await withWorkFolder(cache, async (folder) => {
    const fresh = path.join(folder, 'tfjs_binding.node');
    const args = [
      ...compiler.args,
      ...flags,
      ...['-I', nodeApi.include_dir, '-I', path.join(libraries, 'include')],
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => path.join(source, name)),
      ...['-o', fresh, '-L', libraries],
      ...linkFlags,
    ];
    const started = performance.now();
    const result = await runProgram(compiler.command, args, {
      env: { ...env, TMPDIR: path.join(folder, 'tmp') },
      signal,
    });
    if (!result.ok || !existsSync(fresh)) {
      const details = lastLines(result.stderr);
      if (saysDiskFull(result.stderr)) throw diskFull(cache, details);
      throw new InstallError(
        'compile-failed',
        `${compiler.command} could not compile the binding of ${tfjs.name} ${tfjs.version} (${result.ending}).`,
        'a compiler with C++17 is needed (g++ 8 or newer; CXX names another one), and tfjs-node 4.22',
        details,
      );
    }
    const file = bindingFile(cache, key);
    mkdirSync(path.dirname(file), { recursive: true });
    renameSync(fresh, file);
    log(`compiled the binding in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  });
}
