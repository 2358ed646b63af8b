// Finds a C++ compiler.

import type { InstallContext } from './context.js';
import { InstallError } from './errors.js';
import { runProgram } from './run-program.js';

export interface Compiler {
  readonly command: string;
  /** Arguments that $CXX names after the command, as in `ccache g++`. */
  readonly args: readonly string[];
}

/**
 * The first of $CXX (alone, if it is set), g++, c++ and clang++ that runs.
 *
 * @throws InstallError `no-compiler`
 */
export async function findCompiler({ env, signal }: InstallContext): Promise<Compiler> {
  const wanted = env['CXX']?.trim();
  for (const candidate of wanted ? [wanted] : ['g++', 'c++', 'clang++']) {
    const [command = '', ...args] = candidate.split(/\s+/);
    const { ok } = await runProgram(command, [...args, '--version'], { env, signal });
    if (ok) return { command, args };
  }
  throw new InstallError(
    'no-compiler',
    wanted
      ? `the C++ compiler of CXX does not run: ${wanted}.`
      : 'a C++ compiler is needed, and PATH has no g++, c++ or clang++.',
    'Debian, Ubuntu: apt-get install g++; Fedora: dnf install gcc-c++; or set CXX',
  );
}
