// The engine on the backends of the browser, in a real browser.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleScript, launchChromium, noChromium, openPage } from '@graftjs/test-utils/chromium';
import { engineCases } from './testing/cases.js';

describe.skipIf(noChromium)(`in Chromium${noChromium ? ` (skipped: ${noChromium})` : ''}`, () => {
  let browser: Awaited<ReturnType<typeof launchChromium>>;
  let page: Awaited<ReturnType<typeof openPage>>;

  beforeAll(async () => {
    const script = await bundleScript(new URL('./testing/page.ts', import.meta.url));
    browser = await launchChromium(['--enable-unsafe-webgpu']);
    page = await openPage(browser, script);
  }, 120_000);
  afterAll(() => browser.close());

  describe.each(['webgl', 'webgpu'])('on %s', (backend) => {
    it.each(Object.keys(engineCases))(
      '%s',
      async (name) => {
        const result = await page.evaluate(([which, on]) => window.checkCase(which, on), [
          name,
          backend,
        ] as const);
        expect(result.shape).toEqual(result.expectedShape);
        expect(result.error).toBeLessThan(1e-5);
        expect(result.leaked).toBe(0);
      },
      120_000,
    );

    it('takes whole numbers that were cast to float32', async () => {
      const values = await page.evaluate((on) => window.repeatWholeNumbers(on), backend);
      expect(values).toEqual([7, 7, 7, 7, 8, 8, 8, 8, 9, 9, 9, 9]);
    });
  });
});
