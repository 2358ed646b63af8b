// The same steps in a real browser, composed of the ops of WebGL and of WebGPU.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleScript, launchChromium, noChromium, openPage } from '@graftjs/test-utils/chromium';
import { expectRun, fixture, long } from './fixture.js';

describe.skipIf(noChromium)(`in Chromium${noChromium ? ` (skipped: ${noChromium})` : ''}`, () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const script = await bundleScript(new URL('./page.ts', import.meta.url));
    browser = await launchChromium(['--enable-unsafe-webgpu']);
    page = await openPage(browser, script);
  }, 120_000);
  afterAll(() => browser.close());

  describe.each(['webgl', 'webgpu'])('%s', (backend) => {
    it.each(fixture.cases)(
      '$name',
      async (c) => {
        const problem = { ...fixture, cases: [] };
        const run = await page.evaluate(
          ([on, what, which]) => window.runOptimizer(on, what, which),
          [backend, problem, c] as const,
        );
        expectRun(run, c);
      },
      120_000,
    );

    it.each(long.cases)(
      '$name leaves no tensor and no texture behind in 200 steps',
      async (c) => {
        const problem = { ...long, cases: [] };
        const amounts = await page.evaluate(
          ([on, what, which]) => window.memoryOver(on, what, which),
          [backend, problem, c] as const,
        );
        expect(amounts).toHaveLength(1);
      },
      120_000,
    );
  });
});
