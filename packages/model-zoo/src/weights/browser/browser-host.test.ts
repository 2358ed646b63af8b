// The search in a real browser: what Node has from the disk, a page has from the Cache API.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleScript, launchChromium, noChromium } from '@graftjs/test-utils/chromium';
import { hashOf, serveWeights } from '../../testing/weights-server.js';

const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) % 251);
const name = 'tiny.h5';
const sum = content.reduce((a, b) => a + b, 0);
const hash = { algorithm: 'md5', hex: hashOf(content, 'md5') } as const;

describe.skipIf(noChromium)(`in Chromium${noChromium ? ` (skipped: ${noChromium})` : ''}`, () => {
  let browser: Awaited<ReturnType<typeof launchChromium>>;
  let html: Uint8Array;

  beforeAll(async () => {
    const script = await bundleScript(new URL('../../testing/weights-page.ts', import.meta.url));
    html = new TextEncoder().encode(
      `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script>${script}</script>`,
    );
    browser = await launchChromium();
  }, 120_000);
  afterAll(() => browser.close());

  const setUp = async () => {
    const server = await serveWeights({ 'page.html': html, [`keras/${name}`]: content });
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.url}/page.html`);
    server.requests.length = 0;
    const find = (...args: Parameters<Window['find']>) =>
      page.evaluate((given) => window.find(...given), args);
    return { server, find, keys: () => page.evaluate(() => window.keys()), page };
  };

  it('downloads, checks, keeps, and takes it from the cache, also after a reload', async () => {
    const { server, find, keys, page } = await setUp();
    const mirror = `${server.url}/keras`;
    expect(await find({ name, hash }, { mirror })).toMatchObject({
      sum,
      source: mirror,
      lines: [],
    });
    expect(await keys()).toEqual([`/file/${name}`]);
    await page.reload();
    expect(await find({ name, hash }, { offline: true })).toMatchObject({
      ...{ sum, length: content.length },
      source: "the browser's cache graft-weights",
    });
  });

  it('refuses another file, by either hash', async () => {
    const { server, find, keys } = await setUp();
    for (const algorithm of ['md5', 'sha256'] as const) {
      const other = { algorithm, hex: hashOf(content.subarray(1), algorithm) };
      expect(await find({ name, hash: other }, { mirror: `${server.url}/keras` })).toContain(
        `it is another file, or damaged (${algorithm} ${hashOf(content, algorithm)}, not ${other.hex})`,
      );
    }
    expect(await keys()).toEqual([]);
  });

  it('keeps the part of a download that was stopped, and goes on there', async () => {
    const { server, find, keys } = await setUp();
    const mirror = `${server.url}/keras`;
    server.intercept = (_, response) =>
      response
        .setHeader('access-control-expose-headers', 'etag, content-range')
        .setHeader('etag', `"${hash.hex}"`)
        .setHeader('content-length', content.length)
        .write(content.subarray(0, 90_000)) || true;
    expect(await find({ name, hash }, { mirror, stopAt: 90_000 })).toBe('stopped');
    expect(await keys()).toEqual([`/part/${name}`]);
    server.intercept = undefined;
    expect(await find({ name, hash }, { mirror })).toMatchObject({ sum });
    expect(server.requests).toEqual([`/keras/${name}`, `/keras/${name} bytes=90000-`]);
    expect(await keys()).toEqual([`/file/${name}`]);
  });

  it('says where it looked', async () => {
    const { server, find } = await setUp();
    expect(await find({ name: 'b.h5', url: `${server.url}/c.h5` }, { mirror: server.url })).toBe(
      `the weights b.h5 are not to be had. Tried: the browser's cache graft-weights: not there; ` +
        `${server.url}: not there; its publisher: not there`,
    );
  });
});
