// One update of MobileNetV2's variables on every backend: Graft's optimizers beside those of tfjs, in turn.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import { mobileNetV2 } from '@graftjs/model-zoo';
import { build } from 'esbuild';
import { launchChromium } from '../lib/chromium.mjs';
import { median, runNode } from '../lib/measure.mjs';
import { publish } from '../lib/results.mjs';

const ROUNDS = { cpu: 10, wasm: 60, tensorflow: 60, webgl: 15, webgpu: 10 };

export async function bench() {
  const model = await mobileNetV2({ weights: null });
  const shapes = model.trainableWeights.map(({ shape }) => shape);
  const parameters = shapes.reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const results = {};
  let versions = {};
  for (const backend of ['cpu', 'wasm', 'tensorflow']) {
    const side = runNode(
      './node.mjs',
      [backend, JSON.stringify(shapes), String(ROUNDS[backend])],
      import.meta.url,
    );
    results[backend] = side.results;
    if (backend === 'tensorflow') results['tensorflow, in the graph'] = side.graphResults;
    versions = { ...versions, ...side.versions };
  }
  const browser = await launchChromium();
  versions.chromium = browser.version();
  try {
    for (const backend of ['webgl', 'webgpu'])
      results[backend] = await inBrowser(browser, backend, shapes);
  } finally {
    await browser.close();
  }
  publish('optimizer-update', {
    title: "One update of MobileNetV2's variables",
    how:
      `${shapes.length} variables, ${parameters.toLocaleString('en')} parameters; milliseconds from the gradients to the new ` +
      'weights, median. "stock" is `tf.train` of tfjs-core. Both sides in turn in one process; on `webgl` and `webgpu` in ' +
      'headless Chromium, where the GPU is software. `tensorflow` is the update alone, op by op; `in the graph` is how ' +
      "`fit` runs Graft's: as a part of the step's graph, beside stock op by op; the slices that the gradients are handed over " +
      "in count as well. A variable takes 2, 4, 11 and 14 kernels of stock SGD, momentum, AdaMax and Adam, and one of Graft's: " +
      'no update can be as many times faster as that for SGD.',
    versions,
    header: ['backend', 'optimizer', 'stock, ms', 'Graft, ms', 'stock / Graft'],
    rows: Object.entries(results).flatMap(([backend, byOptimizer]) =>
      Object.entries(byOptimizer).map(([optimizer, { stock, graft }]) => [
        backend,
        optimizer,
        median(stock).toFixed(1),
        median(graft).toFixed(1),
        (median(stock) / median(graft)).toFixed(1),
      ]),
    ),
  });
}

/** A page of its own for each backend, as each has a device of its own. */
async function inBrowser(browser, backend, shapes) {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('./page.mjs', import.meta.url))],
    ...{ bundle: true, write: false, format: 'iife', platform: 'browser', logLevel: 'error' },
  });
  const file = join(mkdtempSync(join(tmpdir(), 'graft-bench-')), 'page.html');
  writeFileSync(file, `<!doctype html><script>${bundle.outputFiles[0].text}</script>`);
  const page = await browser.newPage();
  page.setDefaultTimeout(600_000);
  await page.goto(`file://${file}`);
  const results = await page.evaluate(
    ([on, all, rounds]) => window.measure(on, all, rounds),
    [backend, shapes, ROUNDS[backend]],
  );
  await page.close();
  return results;
}
