// The same steps of slim models with WebGL, in a real browser.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { bundleScript, launchChromium, noChromium, openPage } from '@graftjs/test-utils/chromium';
import { expectSameStep, slimSteps } from './fixture.js';

describe.skipIf(noChromium)(`in Chromium${noChromium ? ` (skipped: ${noChromium})` : ''}`, () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const script = await bundleScript(new URL('./page.ts', import.meta.url));
    browser = await launchChromium();
    page = await openPage(browser, script);
  }, 120_000);
  afterAll(() => browser.close());

  it.each(slimSteps)(
    '$model on webgl',
    async (step) => {
      const taken = await page.evaluate((what) => window.takeStep('webgl', what), step);
      expectSameStep(taken, step);
    },
    240_000,
  );
});
