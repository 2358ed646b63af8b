// Without ONNX Runtime, on each backend of tfjs in a page: the predictor beside stock tfjs-layers, in turn.

import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { launchChromium } from '../lib/chromium.mjs';
import { median } from '../lib/measure.mjs';
import { publish } from '../lib/results.mjs';

const GOAL = 0.7;
const MODELS = ['mobileNetV2', 'resNet50', 'efficientNetLite0'];
/** By backend: the images' size, and rounds. The GPU is software. */
const BACKENDS = { cpu: [96, 3], wasm: [224, 7], webgl: [128, 5], webgpu: [64, 3] };
/** Nobody asks for it: all requests are answered here. WebGPU needs https. */
const ORIGIN = 'https://bench.test';

const wasm = dirname(
  createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'),
);

export async function browserTable() {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('./page.mjs', import.meta.url))],
    ...{ bundle: true, write: false, format: 'iife', platform: 'browser', logLevel: 'error' },
  });
  const browser = await launchChromium();
  const rows = [];
  try {
    for (const [backend, [size, rounds]] of Object.entries(BACKENDS)) {
      for (const name of MODELS) {
        const page = await openPage(browser, bundle.outputFiles[0].text);
        const { stock, graft, difference } = await page.evaluate(
          (settings) => window.race(...settings),
          [backend, name, size, rounds],
        );
        await page.close();
        if (!(difference < 1e-5)) throw new Error(`${name} on ${backend} is ${difference} away`);
        const [a, b] = [median(stock), median(graft)];
        rows.push([backend, name, size, a.toFixed(1), b.toFixed(1), (b / a).toFixed(2), GOAL]);
        console.error(rows.at(-1).join('  '));
      }
    }
  } finally {
    await browser.close();
  }
  publish('inference-browser', {
    bench: 'inference',
    title: 'Prediction in a page without ONNX Runtime',
    how:
      'One image, random weights, headless Chromium; both sides in turn in one page, after one prediction of each; medians of ' +
      `${Object.entries(BACKENDS)
        .map(([backend, [, rounds]]) => `${rounds} rounds on ${backend}`)
        .join(', ')}. "Graft" is the ` +
      "predictor's engine `tfjs`. WebGL and WebGPU run in software here, where arithmetic is all: only compare ratios.",
    versions: { chromium: browser.version() },
    header: ['backend', 'model', 'size', 'predict, ms', 'Graft, ms', 'ratio', 'goal'],
    rows,
  });
}

async function openPage(browser, script) {
  const page = await browser.newPage();
  page.setDefaultTimeout(300_000);
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname !== '/') return route.fulfill({ path: join(wasm, 'dist', pathname) });
    // The end tag would end the script that it stands in.
    const safe = script.replaceAll('</script', '<\\/script');
    const body = `<!doctype html><link rel="icon" href="data:,"><script>${safe}</script>`;
    return route.fulfill({ contentType: 'text/html', body });
  });
  await page.goto(ORIGIN);
  return page;
}
