// The same steps in a real browser, composed of the ops of WebGL.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { launchChromium, noChromium } from '@graftjs/test-utils/chromium';
import { expectRun, fixture } from './fixture.js';

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
