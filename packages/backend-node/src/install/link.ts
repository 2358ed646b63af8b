// Puts binding and libraries into a tfjs-node package, and knows what is there. Nothing that the package manager put there is
// written to: pnpm shares those files between projects by hard links.

import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { isIntact } from './cache.js';
import { packagePaths, type TfjsPackage } from './tfjs-packages.js';
import type { Variant } from './wheels.js';

/** What Graft put into a package. */
export interface Stamp {
  readonly tensorflow: string;
  readonly variant: Variant;
  /** Folder of the unpacked wheels. */
  readonly site: string;
  readonly bindingKey: string;
  readonly bindingSha256: string;
  /** It was loaded and has computed something since. */
  readonly verified: boolean;
  /** It used a GPU then. */
  readonly gpu: boolean;
}

/** The stamp of a package whose binding and libraries still are those that it names. */
export function validStamp(tfjs: TfjsPackage): Stamp | undefined {
  const stamp = readStamp(tfjs);
  const { binding, libraries } = packagePaths(tfjs);
  const valid =
    stamp?.verified === true &&
    existsSync(libraries) &&
    isIntact(stamp.site) &&
    sha256(binding) === stamp.bindingSha256;
  return valid ? stamp : undefined;
}

export function readStamp(tfjs: TfjsPackage): Stamp | undefined {
  const { stamp } = packagePaths(tfjs);
  return existsSync(stamp) ? (JSON.parse(readFileSync(stamp, 'utf8')) as Stamp) : undefined;
}

export function writeStamp(tfjs: TfjsPackage, stamp: Stamp): void {
  replace(packagePaths(tfjs).stamp, (file) => {
    writeFileSync(file, `${JSON.stringify(stamp, null, 2)}\n`);
  });
}

/**
 * Copies `binding` into the package and links the libraries of `site`. The stamp says "not verified" from the start, so that an
 * interrupted run is seen. A binding of other origin is kept beside it, as `tfjs_binding.node.original`.
 */
export function linkPackage(
  tfjs: TfjsPackage,
  binding: string,
  stamp: Omit<Stamp, 'bindingSha256' | 'verified' | 'gpu'>,
): Stamp {
  const paths = packagePaths(tfjs);
  const before = sha256(paths.binding);
  const bindingSha256 = createHash('sha256').update(readFileSync(binding)).digest('hex');
  const foreign = before !== readStamp(tfjs)?.bindingSha256 && before !== bindingSha256;
  const fresh: Stamp = { ...stamp, bindingSha256, verified: false, gpu: false };
  if (before !== undefined && foreign) renameSync(paths.binding, `${paths.binding}.original`);
  writeStamp(tfjs, fresh);
  replace(paths.libraries, (link) => symlinkSync(path.join(stamp.site, 'tensorflow'), link));
  replace(paths.binding, (file) => copyFileSync(binding, file));
  return fresh;
}

function sha256(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** Makes a new file or link beside the old one and renames it: no one sees half of it, and no hard link is written through. */
function replace(target: string, write: (temporary: string) => void): void {
  const temporary = `${target}.${process.pid}.tmp`;
  mkdirSync(path.dirname(target), { recursive: true });
  rmSync(temporary, { force: true });
  try {
    write(temporary);
    renameSync(temporary, target);
  } finally {
    rmSync(temporary, { force: true });
  }
}
