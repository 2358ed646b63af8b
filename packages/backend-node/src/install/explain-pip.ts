// Tells from pip's output why a download failed.

import { InstallError, lastLines } from './errors.js';
import { diskFull, saysDiskFull } from './disk-space.js';
import type { Python } from './python.js';
import type { ProgramResult } from './run-program.js';

const noNetwork =
  /connection broken|NewConnectionError|ConnectTimeout|ReadTimeout|Read timed out|ProxyError|SSLError|Max retries exceeded|IncompleteRead|Network is unreachable|name resolution/i;

/** The error for a pip that failed while it downloaded into `cache`. */
export function explainPip(
  { stdout, stderr, ending }: ProgramResult,
  python: Python,
  cache: string,
): InstallError {
  const output = `${stdout}\n${stderr}`;
  const details = lastLines(output);
  if (saysDiskFull(output)) return diskFull(cache, details);
  const wheel = / {4}(\S+) from /.exec(output)?.[1] ?? 'a wheel';
  const expected = /Expected sha256 (\S+)/.exec(output)?.[1];
  const got = /Got +(\S+)/.exec(output)?.[1];
  if (expected !== undefined) {
    return new InstallError(
      'wrong-hash',
      `${wheel} arrived with the wrong sha256: expected ${expected}, received ${got}.`,
      'the download was damaged: run this again; if it happens again, the package index or a proxy serves another file',
      details,
    );
  }
  if (noNetwork.test(output)) {
    return new InstallError(
      'no-network',
      'the Python package index cannot be reached.',
      `check the network, or the index and proxy of pip (${python.command} -m pip config list); then run this again`,
      details,
    );
  }
  const unavailable = /No matching distribution found for (\S+)/.exec(output)?.[1];
  const what = unavailable === undefined ? `pip failed (${ending})` : `pip found no ${unavailable}`;
  return new InstallError(
    'download-failed',
    `${what} while it downloaded TensorFlow.`,
    `check that the package index can be reached and has the wheel (${python.command} -m pip config list), and that pip, here ${python.pip}, is 20.3 or newer`,
    details,
  );
}
