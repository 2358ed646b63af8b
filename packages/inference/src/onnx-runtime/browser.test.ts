// onnxruntime-web in a real browser, from files of the page's own origin.

import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleScript, launchChromium, noChromium } from '@graftjs/test-utils/chromium';

/** Nobody asks for it: all requests are answered here. WebGPU needs https. */
const origin = 'https://page.test';
const runtime = new URL('.', import.meta.resolve('onnxruntime-web/wasm'));

describe.skipIf(noChromium)(`in Chromium${noChromium ? ` (skipped: ${noChromium})` : ''}`, () => {
  let browser: Awaited<ReturnType<typeof launchChromium>>;
  let script: string;

  beforeAll(async () => {
    script = await bundleScript(new URL('./testing/page.ts', import.meta.url));
    browser = await launchChromium(['--enable-unsafe-webgpu']);
  }, 120_000);
  afterAll(() => browser.close());

  it.each(['wasm', 'webgpu'])(
    'predicts by %s what the model does, and asks no other host',
    async (provider) => {
      const asked: string[] = [];
      const context = await browser.newContext();
      await context.route('**/*', async (route) => {
        const url = new URL(route.request().url());
        asked.push(url.origin);
        if (url.pathname === '/') {
          const body = `<!doctype html><link rel="icon" href="data:,"><script>${script}</script>`;
          return route.fulfill({ contentType: 'text/html', body });
        }
        const path = fileURLToPath(new URL(`.${url.pathname.replace('/ort', '')}`, runtime));
        return route.fulfill({ path });
      });
      const page = await context.newPage();
      await page.goto(origin);
      const result = await page.evaluate(([file, name]) => window.predictWith(file, name), [
        `${origin}/ort/ort.${provider}.min.mjs`,
        provider,
      ] as const);
      expect(result.engine).toBe('onnxruntime');
      expect(result.difference).toBeLessThan(1e-5);
      expect(result.leaked).toBe(0);
      expect(new Set(asked)).toEqual(new Set([origin]));
      await context.close();
    },
    120_000,
  );
});
