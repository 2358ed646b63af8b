// Keras's files in a real browser, from everything that a page may have of a file; what is written there opens here.

import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelFromKeras } from '@graftjs/keras-format';
import { bundleScript, launchChromium, noChromium } from '@graftjs/test-utils/chromium';
import type { Kind } from './page.js';

const fixtures = fileURLToPath(new URL('../../../reference/fixtures/', import.meta.url));
const fileOf = (name: string) => readFileSync(fixtures + name);

interface Values {
  shape: number[];
  values: number[];
}
const answers = JSON.parse(fileOf('h5-models/nested.json').toString()) as {
  inputs: Values[];
  outputs: Values[];
};

const [h5, keras, weights] = [
  ...['h5-models/nested.h5', 'keras-files/nested.keras', 'keras-files/nested.weights.h5'],
] as [string, string, string];
const kinds: Kind[] = ['bytes', 'buffer', 'blob', 'file', 'url'];
const cases = [
  ...kinds.flatMap((kind) => [h5, keras].map((name) => ({ name, kind, weights: undefined }))),
  { name: h5, kind: 'url' as const, weights },
];

describe.skipIf(noChromium)(`in Chromium${noChromium ? ` (skipped: ${noChromium})` : ''}`, () => {
  let server: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const script = await bundleScript(new URL('./page.ts', import.meta.url));
    const html = `<!doctype html><script>${script}</script>`;
    server = createServer(({ url = '/' }, response) => {
      const isPage = url === '/';
      const isFile = [h5, keras, weights].includes(url.slice(1));
      const content = isPage ? Buffer.from(html) : isFile ? fileOf(url.slice(1)) : '';
      const type = isPage ? 'text/html; charset=utf-8' : 'application/octet-stream';
      const headers = { 'content-type': type, 'content-length': content.length };
      response.writeHead(isPage || isFile ? 200 : 404, headers).end(content);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  it.each(cases)('reads $name as $kind, weights from $weights', async (each) => {
    const { outputs, progress, written } = await page.evaluate(
      ([name, kind, from, inputs]) => window.read(name, kind, inputs, from),
      [each.name, each.kind, each.weights, answers.inputs] as const,
    );
    expectOutputs(outputs);
    const size = fileOf(each.name).length;
    if (each.kind === 'url') {
      expect(progress.at(-1)).toEqual({ loaded: size, total: size });
      expect(progress.map(({ loaded }) => loaded)).toEqual(
        progress.map(({ loaded }) => loaded).sort((a, b) => a - b),
      );
    } else expect(progress).toEqual([]);

    const again = await modelFromKeras(Uint8Array.from(written));
    const xs = answers.inputs.map(({ values, shape }) => tf.tensor(values, shape));
    const ys = again.predict(xs) as tf.Tensor[];
    expectOutputs(ys.map((y) => Array.from(y.dataSync())));
  });

  it('refuses a download that is too large, and one that is not there', async () => {
    const refuse = (name: string, limit: number) =>
      page.evaluate(([url, bytes]) => window.refuse(url, bytes), [name, limit] as const);
    expect(await refuse(h5, 1000)).toMatch(
      /^source must be no larger than 1000 bytes\. Received: /,
    );
    expect(await refuse('none.h5', 1e6)).toBe('none.h5 cannot be read: HTTP 404');
  });
});

function expectOutputs(received: readonly number[][]): void {
  expect(received).toHaveLength(answers.outputs.length);
  for (const [i, { values }] of answers.outputs.entries()) {
    const errors = values.map((value, j) => Math.abs(value - (received[i]?.[j] ?? NaN)));
    expect(Math.max(...errors)).toBeLessThan(1e-5);
  }
}
