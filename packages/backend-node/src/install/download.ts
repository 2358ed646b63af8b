// Downloads the pinned wheels with pip, so that the machine's own index, proxy and certificates are used.

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, folderSize } from './cache.js';
import { megabytes, type InstallContext } from './context.js';
import { explainPip } from './explain-pip.js';
import type { Python } from './python.js';
import { runProgram } from './run-program.js';
import { platformTags, type Architecture, type Wheel } from './wheels.js';

const progressMs = 500;

/**
 * Puts the wheels into `folder/wheels` and returns their paths. Temporary files go to `folder/tmp`.
 *
 * @throws InstallError `no-network`, `wrong-hash`, `disk-full` or `download-failed`
 */
export async function downloadWheels(
  python: Python,
  wheels: readonly Wheel[],
  architecture: Architecture,
  folder: string,
  { env, signal, log, onDownload }: InstallContext,
): Promise<string[]> {
  const total = wheels.reduce((sum, { bytes }) => sum + bytes, 0);
  const target = path.join(folder, 'wheels');
  const temporary = path.join(folder, 'tmp');
  const requirements = path.join(folder, 'requirements.txt');
  mkdirSync(target);
  writeFileSync(
    requirements,
    wheels.map((w) => `${w.name}==${w.version} --hash=sha256:${w.sha256}\n`).join(''),
  );
  const [first, ...others] = wheels.map(({ name, version }) => `${name} ${version}`);
  const more = others.length > 0 ? ` and ${others.length} more wheels` : '';
  log(`downloading ${first}${more} (${megabytes(total)})`);

  const args = [
    ...['-m', 'pip', 'download', '--disable-pip-version-check', '--no-input', '--no-cache-dir'],
    ...['--progress-bar', 'off', '--no-deps', '--only-binary=:all:', '--require-hashes'],
    // Named outright, so that any Python may fetch wheels that are made for 3.11.
    ...['--implementation', 'cp', '--python-version', '3.11', '--abi', 'none', '--abi', 'cp311'],
    ...platformTags[architecture].flatMap((tag) => ['--platform', tag]),
    ...['--dest', target, '--requirement', requirements],
  ];
  // pip says nothing about its progress to a pipe; its temporary files do.
  const timer = setInterval(
    () => onDownload(Math.min(folderSize(temporary), total), total),
    progressMs,
  );
  let result;
  try {
    result = await runProgram(python.command, args, { env: { ...env, TMPDIR: temporary }, signal });
  } finally {
    clearInterval(timer);
  }
  if (!result.ok) throw explainPip(result, python, cacheFolder(env));
  for (const line of result.stderr.split('\n').filter((text) => text.startsWith('WARNING: '))) {
    log(`pip: ${line.slice('WARNING: '.length)}`);
  }
  return readdirSync(target).map((name) => path.join(target, name));
}
