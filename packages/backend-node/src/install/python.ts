// Finds a Python that can fetch and unpack wheels: 3.8 or newer, with pip.

import type { InstallContext } from './context.js';
import { InstallError, lastLines } from './errors.js';
import { runProgram } from './run-program.js';

export interface Python {
  readonly command: string;
  /** Version of pip. */
  readonly pip: string;
}

const probe = `
import sys
print(sys.version_info >= (3, 8), '.'.join(map(str, sys.version_info[:3])))
try:
    import pip
    print(pip.__version__)
except ImportError:
    pass
`;

/**
 * The first of $PYTHON (alone, if it is set), python3 and python that will do.
 *
 * @throws InstallError `no-python` or `no-pip`
 */
export async function findPython({ env, signal }: InstallContext): Promise<Python> {
  const wanted = env['PYTHON'];
  const seen: string[] = [];
  let withoutPip: string | undefined;
  for (const command of wanted ? [wanted] : ['python3', 'python']) {
    const found = await runProgram(command, ['-c', probe], { env, signal });
    if (found.missing) continue;
    const [version = '', pip] = found.stdout.trim().split('\n');
    if (!version.startsWith('True ')) {
      const what = version.replace('False ', '') || lastLines(found.stderr, 1) || found.ending;
      seen.push(`${command} is ${what}`);
    } else if (pip === undefined) {
      withoutPip ??= command;
    } else {
      return { command, pip };
    }
  }
  if (withoutPip !== undefined) {
    throw new InstallError(
      'no-pip',
      `${withoutPip} has no pip, which downloads TensorFlow.`,
      `Debian, Ubuntu: apt-get install python3-pip; elsewhere: ${withoutPip} -m ensurepip; or set PYTHON to another Python`,
    );
  }
  const where = wanted ? `PYTHON is ${JSON.stringify(wanted)}` : 'PATH has no python3';
  throw new InstallError(
    'no-python',
    `Python 3.8 or newer is needed to download TensorFlow: ${seen.join(', ') || where}.`,
    'Debian, Ubuntu: apt-get install python3 python3-pip; or set PYTHON to a newer one',
  );
}
