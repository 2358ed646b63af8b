// The same curves in a real browser, from the bytes of Keras's file: nothing of Node is needed.

import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleScript, launchChromium, noChromium, openPage } from '@graftjs/test-utils/chromium';
import { expectOutcome, folder, problems } from './fixture.js';
import type { Case, Problem } from './problem.js';

const [classification, binary] = problems as [Problem, Problem];
const cases = [
  { problem: classification, name: 'momentum' },
  { problem: classification, name: 'adam-frozen' },
  { problem: binary, name: 'adam' },
];

describe.skipIf(noChromium)(`in Chromium${noChromium ? ` (skipped: ${noChromium})` : ''}`, () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const script = await bundleScript(new URL('./page.ts', import.meta.url));
    browser = await launchChromium();
    page = await openPage(browser, script);
  }, 120_000);
  afterAll(() => browser.close());

  describe.each(['cpu', 'webgl'])('%s', (backend) => {
    it.each(cases)(
      '$problem.name $name',
      async ({ problem, name }) => {
        const c = problem.cases.find((other) => other.name === name) as Case;
        const file = [...readFileSync(folder + problem.model)];
        const { engine, ...outcome } = await page.evaluate(
          ([on, bytes, what, which]) => window.train(on, bytes, what, which),
          [backend, file, problem, c] as const,
        );
        expect(engine).toMatchObject({
          reason: `backend ${backend} has no registered step compiler`,
        });
        expectOutcome(outcome, c);
      },
      120_000,
    );
  });
});
