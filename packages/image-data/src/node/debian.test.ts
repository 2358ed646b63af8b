import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  contents,
  syntheticSet,
  temporaryFolder,
  writePackedSet,
} from '../testing/synthetic-set.js';
import { downloadedPackage, installedPackage } from './debian.js';

const files = Object.values(syntheticSet.files);
const debian = { name: 'dataset-tiny', folder: '/usr/share/tiny' };

/** Puts shell scripts in place of programs; nothing else is on the PATH but the shell's own tools. */
async function fakePrograms(programs: Readonly<Record<string, string>>): Promise<void> {
  const bin = await temporaryFolder();
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  vi.stubEnv('PATH', bin);
}

let temporary = '';
beforeEach(async () => {
  temporary = await temporaryFolder();
  vi.stubEnv('TMPDIR', temporary);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  const left = await readdir(temporary);
  expect(left.filter((name) => !name.startsWith('graft-test-'))).toEqual([]);
});

describe('an installed package', () => {
  it('is read from its folder', async () => {
    const folder = await temporaryFolder();
    await writePackedSet(folder);
    const read = await installedPackage({ ...debian, folder }).read(files, {});
    expect(Uint8Array.from(read!.get('train-images')!)).toEqual(contents.get('train-images'));
  });

  it('is passed over where it is not installed', async () => {
    const folder = join(await temporaryFolder(), 'nothing');
    expect(await installedPackage({ ...debian, folder }).read(files, {})).toBeUndefined();
  });

  it('is refused where it is damaged', async () => {
    const folder = await temporaryFolder();
    await writePackedSet(folder);
    await writeFile(join(folder, 'train-labels.gz'), Uint8Array.of(0x1f, 0x8b, 8));
    await expect(installedPackage({ ...debian, folder }).read(files, {})).rejects.toThrow(
      'train-labels.gz is damaged (unexpected end of file)',
    );
  });
});

describe('a package from apt-get', () => {
  const source = downloadedPackage(debian);

  it('is downloaded and unpacked aside', async () => {
    const packed = await temporaryFolder();
    await writePackedSet(packed);
    await fakePrograms({
      'apt-get': `echo "$@" > dataset-tiny_1_all.deb`,
      'dpkg-deb': `read -r arguments < "$2"
        case "$1 $arguments" in "-x -o "*" download dataset-tiny") ;; *) exit 1 ;; esac
        /bin/mkdir -p "$3/usr/share" && /bin/cp -r ${packed} "$3/usr/share/tiny"`,
    });
    const received: number[] = [];
    const read = await source.read(files, { onProgress: (step) => received.push(step.received) });
    expect(Uint8Array.from(read!.get('test-images')!)).toEqual(contents.get('test-images'));
    const total = files.reduce((sum, { packedBytes }) => sum + packedBytes, 0);
    expect(received).toEqual([0, total]);
  });

  it('is found with lists of its own where those of the machine are missing', async () => {
    const packed = await temporaryFolder();
    await writePackedSet(packed);
    await fakePrograms({
      'apt-get': `case "$*" in
          *Dir::State::Lists=*/lists*update) echo fresh > lists/it ;;
          *Dir::State::Lists=*/lists*download*) test -e lists/it && echo > x.deb ;;
          *) echo "E: Unable to locate package dataset-tiny" >&2; exit 100 ;;
        esac`,
      'dpkg-deb': `/bin/mkdir -p "$3/usr/share" && /bin/cp -r ${packed} "$3/usr/share/tiny"`,
    });
    expect((await source.read(files, {}))?.size).toBe(files.length);
  });

  it.each([
    ['there is no apt-get', {}, 'no apt-get here'],
    ['there is no dpkg-deb', { 'apt-get': 'echo > x.deb' }, 'no dpkg-deb here'],
    [
      'apt-get does not know it',
      {
        'apt-get':
          'echo "W: old" >&2; echo "E: Unable to locate package dataset-tiny" >&2; exit 100',
      },
      'apt-get failed: Unable to locate package dataset-tiny',
    ],
    [
      'apt-get cannot reach its server',
      { 'apt-get': 'echo "E: Failed to fetch x\nE: Some files failed" >&2; exit 100' },
      'apt-get failed: Failed to fetch x',
    ],
    ['apt-get fetches nothing', { 'apt-get': 'exit 0' }, 'apt-get downloaded nothing'],
    [
      'the archive is damaged',
      {
        'apt-get': 'echo > x.deb',
        'dpkg-deb': 'echo "dpkg-deb: error: not a Debian format archive" >&2; exit 2',
      },
      'dpkg-deb failed: not a Debian format archive',
    ],
  ])('is refused where %s', async (_, programs, message) => {
    await fakePrograms(programs);
    await expect(source.read(files, {})).rejects.toThrow(message);
  });

  it('is passed over where it does not hold the files', async () => {
    await fakePrograms({ 'apt-get': 'echo > x.deb', 'dpkg-deb': '/bin/mkdir "$3"' });
    expect(await source.read(files, {})).toBeUndefined();
  });

  it('ends when the caller says so', async () => {
    await fakePrograms({ 'apt-get': 'exec /bin/sleep 30' });
    const started = performance.now();
    await expect(source.read(files, { signal: AbortSignal.timeout(100) })).rejects.toThrow();
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('is refused where there is no room for it', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    vi.stubEnv('TMPDIR', file);
    await expect(source.read(files, {})).rejects.toThrow('ENOTDIR');
  });
});
