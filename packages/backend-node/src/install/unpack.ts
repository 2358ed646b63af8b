// Unpacks from the wheels what tfjs-node needs: libraries, headers of the C interface, licences.

import { existsSync } from 'node:fs';
import { cacheFolder, mainLibrary } from './cache.js';
import type { InstallContext } from './context.js';
import { diskFull, saysDiskFull } from './disk-space.js';
import { InstallError, lastLines } from './errors.js';
import type { Python } from './python.js';
import { runProgram } from './run-program.js';

/** Node has no unzip; Python has. A wheel is deleted once it is unpacked. */
const program = String.raw`
import os, re, shutil, sys, zipfile

wanted = re.compile(r'''
    tensorflow/libtensorflow_(cc|framework)\.so\.2
  | tensorflow/include/(tensorflow|xla/tsl)/c/.*\.h
  | tensorflow/include/(tensorflow/core|tsl)/platform/ctstring(_internal)?\.h
  | nvidia/.*/lib/[^/]*\.so[.0-9]*
  | (.*/)?(licen[cs]e|notice|copying|third_party_notices)(\.[^/]*)?(?<!\.py)
''', re.IGNORECASE | re.VERBOSE)

folder = sys.argv[1]
for wheel in sys.argv[2:]:
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            if not wanted.fullmatch(entry.filename):
                continue
            parts = entry.filename.split('/')
            if '..' in parts or '' in parts:
                sys.exit('unsafe path in the wheel: ' + entry.filename)
            target = os.path.join(folder, *parts)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with archive.open(entry) as source, open(target, 'wb') as out:
                shutil.copyfileobj(source, out, 1 << 20)
    os.remove(wheel)
`;

/**
 * Unpacks `wheels` into `site`, with their paths as they are.
 *
 * @throws InstallError `disk-full` or `unpack-failed`
 */
export async function unpackWheels(
  python: Python,
  wheels: readonly string[],
  site: string,
  { env, signal }: InstallContext,
): Promise<void> {
  const args = ['-c', program, site, ...wheels];
  const { ok, stderr, ending } = await runProgram(python.command, args, { env, signal });
  if (!ok && saysDiskFull(stderr)) throw diskFull(cacheFolder(env), lastLines(stderr));
  if (ok && existsSync(mainLibrary(site))) return;
  throw new InstallError(
    'unpack-failed',
    ok
      ? 'the downloaded wheel holds no libtensorflow_cc.so.2.'
      : `the downloaded wheels could not be unpacked (${ending}).`,
    'run this again; if it happens again, please report it',
    lastLines(stderr),
  );
}
