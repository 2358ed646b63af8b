import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackWheels } from './unpack.js';

const python = { command: 'python3', pip: 'unused' };
const found = spawnSync(python.command, ['-c', '']).status === 0;
const context = {
  env: process.env,
  signal: new AbortController().signal,
  log: () => {},
  onDownload: () => {},
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'graft-unpack-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function makeWheel(names: readonly string[]): string {
  const wheel = path.join(folder, 'some.whl');
  const program = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as archive:
    for name in sys.argv[2:]: archive.writestr(name, 'content of ' + name)`;
  expect(spawnSync(python.command, ['-c', program, wheel, ...names]).status).toBe(0);
  return wheel;
}

describe.skipIf(!found)('unpackWheels (with python3)', () => {
  it('keeps libraries, headers of the C interface and licences, and nothing else', async () => {
    const kept = [
      'nvidia/cudnn/lib/libcudnn.so.9',
      'nvidia_cudnn_cu12-9.dist-info/licenses/License.txt',
      'tensorflow/THIRD_PARTY_NOTICES.txt',
      'tensorflow/include/LICENSE',
      'tensorflow/include/external/curl/COPYING',
      'tensorflow/include/tensorflow/c/eager/c_api.h',
      'tensorflow/include/tensorflow/core/platform/ctstring_internal.h',
      'tensorflow/include/tsl/platform/ctstring.h',
      'tensorflow/include/xla/tsl/c/tsl_status.h',
      'tensorflow/libtensorflow_cc.so.2',
      'tensorflow/libtensorflow_framework.so.2',
    ];
    const dropped = [
      'nvidia/cudnn/include/cudnn.h',
      'nvidia/cudnn/lib/libcudnn_static.a',
      'tensorflow/include/tensorflow/core/framework/tensor.h',
      'tensorflow/license.py',
      'tensorflow/python/_pywrap.so',
    ];
    const wheel = makeWheel([...kept, ...dropped]);
    const site = path.join(folder, 'site');
    await unpackWheels(python, [wheel], site, context);
    const files = readdirSync(site, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(site, path.join(entry.parentPath, entry.name)));
    expect(files.sort()).toEqual([...kept].sort());
    expect(readFileSync(path.join(site, kept[0] ?? ''), 'utf8')).toBe(`content of ${kept[0]}`);
    expect(existsSync(wheel)).toBe(false);
  });

  it('refuses a path that leads outside', async () => {
    const wheel = makeWheel(['tensorflow/include/tensorflow/c/../../../../../outside.h']);
    await expect(unpackWheels(python, [wheel], path.join(folder, 'site'), context)).rejects.toThrow(
      expect.objectContaining({
        code: 'unpack-failed',
        details: expect.stringContaining('unsafe path') as string,
      }),
    );
    expect(existsSync(path.join(folder, 'outside.h'))).toBe(false);
  });
});
