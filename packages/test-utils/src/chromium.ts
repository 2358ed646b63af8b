// Where tests find a Chromium, and what they say when there is none.

import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Why browser tests are skipped, or undefined where they run. */
export const noChromium = existsSync(path)
  ? undefined
  : `there is no Chromium at ${path} (CHROMIUM_PATH names another)`;

/** @param more flags besides those that a headless test needs, such as `--enable-unsafe-webgpu` */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      ...more,
    ],
  });
}
