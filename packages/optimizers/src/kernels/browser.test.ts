// The kernels of the browser's backends, in a real browser.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleScript, launchChromium, noChromium, openPage } from '@graftjs/test-utils/chromium';
import { rules, type Difference } from './testing/conformance.js';

describe.skipIf(noChromium)(`in Chromium${noChromium ? ` (skipped: ${noChromium})` : ''}`, () => {
  let browser: Browser;
  let script: string;

  beforeAll(async () => {
    script = await bundleScript(new URL('./testing/page.ts', import.meta.url));
    browser = await launchChromium(['--enable-unsafe-webgpu']);
  }, 120_000);
  afterAll(() => browser.close());

  const open = (policy?: string) => openPage(browser, script, policy);

  async function check(page: Page, backend: string, rule: string, settings = {}): Promise<void> {
    const differences = await page.evaluate(
      // In a task of the page's own: what the debugger evaluates is free of the page's policy.
      ([on, name, flags]) =>
        new Promise<Difference[]>((resolve, reject) => {
          setTimeout(() => {
            window.runRule(on, name, flags).then(resolve, reject);
          }, 0);
        }),
      [backend, rule, settings] as const,
    );
    for (const { where, error, cloneChange, leaked, leakedBytes } of differences) {
      expect(error, where).toBeLessThan(1e-6);
      expect(cloneChange, where).toBe(0);
      expect(leaked, where).toBe(0);
      expect(leakedBytes, where).toBe(0);
    }
  }

  describe.each([
    ['webgl', {}],
    ['webgl', { WEBGL_PACK: false }],
    ['webgpu', {}],
  ])('on %s %o', (backend, settings) => {
    let page: Page;
    beforeAll(async () => {
      page = await open();
    });
    it.each(Object.keys(rules))(
      '%s is what it is in float64',
      (rule) => check(page, backend, rule, settings),
      120_000,
    );
  });

  it('of WebGL, two by two in a texel, has 0 beyond the edges of a matrix', async () => {
    const page = await open();
    expect(await page.evaluate(() => window.productAfterUpdate('webgl'))).toEqual(
      Array<number>(9).fill(27),
    );
  });

  it('leaves an update to the ops of tfjs where there is only WebGL 1', async () => {
    await check(await open(), 'webgl', 'Adam', { WEBGL_VERSION: 1 });
  }, 120_000);

  it('the cpu kernel works where a content security policy forbids eval', async () => {
    const policy = `<meta http-equiv="Content-Security-Policy" content="script-src 'unsafe-inline'">`;
    const page = await open(policy);
    await check(page, 'cpu', 'Adam');
    // It did try.
    expect(await page.evaluate(() => window.violations)).toContain('eval');
  });
});
