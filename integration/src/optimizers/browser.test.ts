// The same steps in a real browser, composed of the ops of WebGL.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { bundleScript, launchChromium, noChromium, openPage } from '@graftjs/test-utils/chromium';
import { expectRun, fixture } from './fixture.js';

describe.skipIf(noChromium)(`in Chromium${noChromium ? ` (skipped: ${noChromium})` : ''}`, () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const script = await bundleScript(new URL('./page.ts', import.meta.url));
    browser = await launchChromium();
    page = await openPage(browser, script);
  }, 120_000);
  afterAll(() => browser.close());

  describe('webgl', () => {
    it.each(fixture.cases)(
      '$name',
      async (c) => {
        const problem = { ...fixture, cases: [] };
        const run = await page.evaluate(
          ([on, what, which]) => window.runOptimizer(on, what, which),
          ['webgl', problem, c] as const,
        );
        expectRun(run, c);
      },
      120_000,
    );
  });
});
