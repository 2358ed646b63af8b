// Where tests find a Chromium, and what they say when there is none.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';

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

/** The script of a page from its source, with all that it imports, from source as well. */
export async function bundleScript(entry: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    ...{ bundle: true, write: false, format: 'iife', platform: 'browser', logLevel: 'error' },
    conditions: ['@graftjs/source'],
  });
  // The end tag would end the script that it stands in.
  return (outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script');
}

/**
 * A new page, from a file, that has run a script.
 *
 * @param head what stands before the script, such as a content security policy
 */
export async function openPage(browser: Browser, script: string, head = ''): Promise<Page> {
  const folder = mkdtempSync(join(tmpdir(), 'graft-page-'));
  try {
    const file = join(folder, 'page.html');
    writeFileSync(file, `<!doctype html>${head}<script>${script}</script>`);
    const page = await browser.newPage();
    await page.goto(`file://${file}`);
    return page;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
