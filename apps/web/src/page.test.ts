// The built page in a real browser: a model and photos go in, and what it says is what Node says.

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { build, preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Guess } from '@graftjs/inference';
import { launchChromium, noChromium } from '@graftjs/test-utils/chromium';
import {
  askNode,
  broken,
  labels,
  makePhotos,
  tinyH5,
  tinyKeras,
  type Upload,
} from './testing/uploads.js';

/** What it says by and by. */
const shown = (locator: Locator) =>
  expect.poll(() => locator.innerText(), { timeout: 30_000, interval: 20 });

describe.skipIf(noChromium)(`in Chromium${noChromium ? ` (skipped: ${noChromium})` : ''}`, () => {
  let folder: string;
  let server: PreviewServer;
  let browser: Awaited<ReturnType<typeof launchChromium>>;
  let page: Page;
  let photos: readonly [Upload, Upload];
  let expected: Guess[][];
  /** Of everything that the page has asked for, the origins. */
  const asked = new Set<string>();
  const errors: string[] = [];
  const status = () => page.getByRole('status');
  const report = () => page.getByRole('region', { name: 'The model' });
  const photo = (name: string) => page.getByRole('listitem', { name });
  const field = { model: /^Choose or drop a model/, photos: /^Choose or drop photos/ };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'graft-web-'));
    const root = path.resolve(import.meta.dirname, '..');
    const common = { root, logLevel: 'error' } as const;
    await build({ ...common, build: { outDir: folder } });
    server = await preview({ ...common, build: { outDir: folder }, preview: { port: 0 } });
    photos = await makePhotos();
    expected = await askNode(photos);
    browser = await launchChromium();
    page = await browser.newPage();
    page.on('request', (request) => asked.add(new URL(request.url()).origin));
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(server.resolvedUrls?.local[0] as string);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true });
  });

  it('takes photos and a model before it knows what there is', async () => {
    await page.getByLabel(field.photos).setInputFiles([photos[0], broken, photos[1]]);
    await shown(status()).toBe('0 of 3 answered, waiting for a model');
    await page.getByLabel(field.model).setInputFiles([await tinyH5(), labels]);
    await shown(report()).toContain('3, named by tiny.labels.txt');
  });

  it.each([
    ['WebAssembly', 'onnxruntime', 'ONNX Runtime'],
    ['WebAssembly', 'tfjs', 'tfjs, folded'],
    ['CPU', 'layers', 'tfjs-layers, layer by layer'],
    ['CPU', 'auto', 'tfjs, folded (ONNX Runtime does not run the model: it has no CPU)'],
    ['WebGL', 'tfjs', 'tfjs, folded'],
  ])('on %s by %s says what Node says', async (backend, engine, title) => {
    await page.getByRole('radio', { name: backend }).check();
    await page.getByLabel('Engine').selectOption(engine);
    await shown(report()).toContain(`Engine\n${title}\nComputes\nby ${backend}\n`);
    await shown(status()).toBe('2 of 3 answered, 1 failed (broken.jpg)');
    for (const [i, { name }] of photos.entries()) {
      const guesses = expected[i] as Guess[];
      const classes = photo(name).getByRole('listitem');
      const said = await classes.locator('span').allTextContents();
      expect(said).toEqual(guesses.map(({ label }) => label));
      const values = await classes
        .locator('data')
        .evaluateAll((all) => all.map((each) => Number((each as HTMLDataElement).value)));
      const apart = values.map((value, k) => Math.abs(value - (guesses[k] as Guess).probability));
      expect(Math.max(...apart)).toBeLessThan(1e-4);
    }
    await shown(photo(broken.name).getByRole('alert')).toBe(
      'broken.jpg is no JPEG, PNG, WebP or GIF image: it begins with 6e 6f 20 70',
    );
  });

  it('takes a .keras file, whose classes it has no names for', async () => {
    await page.getByLabel(field.model).setInputFiles(await tinyKeras());
    await shown(report()).toContain('tiny.keras');
    await shown(photo(photos[1].name)).toContain(`class ${expected[1]?.[0]?.index}`);
  });

  it('takes the photos of a folder that is dropped on it', async () => {
    const dropped = path.join(folder, 'dropped');
    await mkdir(path.join(dropped, 'inner'), { recursive: true });
    for (const name of ['a.PNG', '.hidden.png', 'notes.md', 'inner/b.png']) {
      await writeFile(path.join(dropped, name), photos[0].buffer);
    }
    const session = await page.context().newCDPSession(page);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      const data = { items: [], files: [dropped], dragOperationsMask: 1 };
      await session.send('Input.dispatchDragEvent', { type, x: 5, y: 5, data });
    }
    await shown(status()).toBe('4 of 5 answered, 1 failed (broken.jpg)');
    await shown(photo('b.png')).toContain('predicted in');
    await page.getByRole('button', { name: 'Clear' }).click();
    await shown(status()).toBe('');
  });

  it('can be stopped while it loads, and loads again', async () => {
    // A server that never answers.
    await page.route(/ort-wasm.*wasm$/, () => undefined);
    await page.getByRole('radio', { name: 'WebAssembly' }).check();
    await page.getByLabel('Engine').selectOption('onnxruntime');
    await shown(report()).toMatch(/^Preparing it to predict … *\nStop$/);
    await page.getByRole('button', { name: 'Stop' }).click();
    await shown(report()).toMatch(/^Stopped\. *\nLoad it again$/);
    await page.unroute(/ort-wasm.*wasm$/);
    await page.getByRole('button', { name: 'Load it again' }).click();
    await shown(report()).toContain('Engine\nONNX Runtime\n');
  });

  it('says in one line what is wrong with a file', async () => {
    const two = { ...labels, buffer: Buffer.from('one\ntwo') };
    await page.getByLabel(field.model).setInputFiles([await tinyH5(), two]);
    await shown(report()).toBe(
      'tiny.labels.txt must be a name for each of 3 classes. Received: "2"',
    );
    await page.getByLabel(field.model).setInputFiles({ ...broken, name: 'tiny.h5' });
    await shown(report()).toMatch(/^tiny\.h5 [^\n]+$/);
  });

  it('can be used without seeing it, in the light and in the dark', async () => {
    await page.getByText('Or one of the zoo').click();
    const script = createRequire(import.meta.url).resolve('axe-core');
    await page.evaluate(await readFile(script, 'utf8'));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const found = await page.evaluate(async () => {
        const { violations } = await (window as unknown as { axe: typeof import('axe-core') }).axe.run(); // prettier-ignore
        return violations.map(({ help, nodes }) => `${help}: ${nodes[0]?.html}`);
      });
      expect(found).toEqual([]);
    }
  });

  it('has asked nobody but its own server, and has not failed unseen', () => {
    const own = new URL(server.resolvedUrls?.local[0] as string).origin;
    expect(asked).toContain(own);
    expect([...asked].filter((origin) => origin !== own && origin !== 'null')).toEqual([]);
    expect(errors).toEqual([]);
  });
});
