// The same steps of slim models with WebGL, in a real browser.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { launchChromium, noChromium } from '@graftjs/test-utils/chromium';
import { expectSameStep, slimSteps } from './fixture.js';

describe.skipIf(noChromium)(`in Chromium${noChromium ? ` (skipped: ${noChromium})` : ''}`, () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const bundle = await build({
      entryPoints: [fileURLToPath(new URL('./page.ts', import.meta.url))],
      ...{ bundle: true, write: false, format: 'iife', platform: 'browser', logLevel: 'error' },
      conditions: ['@graftjs/source'],
    });
    const file = join(mkdtempSync(join(tmpdir(), 'graft-page-')), 'page.html');
    writeFileSync(file, `<!doctype html><script>${bundle.outputFiles[0]?.text}</script>`);
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(`file://${file}`);
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
