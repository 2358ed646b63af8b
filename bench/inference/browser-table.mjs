// In a page, on each backend of tfjs: the predictor without ONNX Runtime and with it, beside stock tfjs, in turn.

import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { launchChromium } from '../lib/chromium.mjs';
import { graphModelFile } from '../lib/graph-model.mjs';
import { median } from '../lib/measure.mjs';
import { publish } from '../lib/results.mjs';
import { servePage } from './page-server.mjs';

const GOAL = 0.7;
const MODELS = ['MobileNetV2', 'ResNet50', 'EfficientNetLite0'];
/** By backend: the images' size, and rounds. The GPU is software. */
const BACKENDS = { cpu: [96, 3], wasm: [224, 7], webgl: [128, 5], webgpu: [64, 3] };
const SIDES = ['layers', 'graph', 'graft', 'runtime'];

const { resolve } = createRequire(import.meta.url);
/** Where the page's files are, by the first part of their path. */
const folders = {
  tfjs: join(dirname(resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist'),
  ort: dirname(fileURLToPath(import.meta.resolve('onnxruntime-web/wasm'))),
};

export async function browserTable() {
  for (const name of MODELS) folders.models = dirname(dirname(graphModelFile(name)));
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('./page.mjs', import.meta.url))],
    ...{ bundle: true, write: false, format: 'iife', platform: 'browser', logLevel: 'error' },
  });
  const server = await servePage(bundle.outputFiles[0].text, folders);
  const browser = await launchChromium();
  const rows = [];
  try {
    for (const [backend, [size, rounds]] of Object.entries(BACKENDS)) {
      for (const name of MODELS) {
        const page = await browser.newPage();
        page.setDefaultTimeout(300_000);
        await page.goto(server.url);
        const { times, last } = await page.evaluate(
          (settings) => window.race(...settings),
          [backend, name, size, rounds],
        );
        await page.close();
        checkSame(last, `${name} on ${backend}`);
        rows.push([backend, name, size, ...cellsOf(times)]);
        console.error(rows.at(-1).join('  '));
      }
    }
  } finally {
    await browser.close();
    server.stop();
  }
  publish('inference-browser', {
    bench: 'inference',
    title: 'Prediction in a page',
    how:
      'One image, random weights, headless Chromium, one thread; all sides in turn in one page, after one prediction of each; ' +
      `medians of ${Object.entries(BACKENDS)
        .map(([backend, [, rounds]]) => `${rounds} rounds on ${backend}`)
        .join(
          ', ',
        )}. "Graft, tfjs" is the predictor without ONNX Runtime, "Graft, ONNX Runtime" with it; the ratio and its ` +
      'goal are of the former to stock tfjs-layers. Where a graph model has no time, stock tfjs cannot run it. WebGL and WebGPU run in software here, where arithmetic is all: only ' +
      'compare ratios.',
    versions: { chromium: browser.version() },
    header: [
      ...['backend', 'model', 'size', 'stock tfjs-layers, ms', 'stock tfjs graph model, ms'],
      ...['Graft, tfjs, ms', 'Graft, ONNX Runtime, ms', 'ratio', 'goal'],
    ],
    rows,
  });
}

/** Milliseconds by side, where the backend has it; the ratio, and the goal. */
function cellsOf(times) {
  const milliseconds = SIDES.map((side) => side in times && median(times[side]));
  const [layers, , graft] = milliseconds;
  const shown = milliseconds.map((value) => (value === false ? '' : value.toFixed(1)));
  return [...shown, (graft / layers).toFixed(2), GOAL];
}

/** All are of the same weights. */
function checkSame(last, what) {
  const largest = Math.max(...last.layers);
  for (const [side, values] of Object.entries(last)) {
    const apart = Math.max(...values.map((value, i) => Math.abs(value - last.layers[i])));
    if (!(apart < 1e-5 * largest))
      throw new Error(`${what}: ${side} is ${apart} away from ${largest}`);
  }
}
