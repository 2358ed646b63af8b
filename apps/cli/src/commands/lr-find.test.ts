import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { importTensorFlow } from '@graftjs/test-utils';
import { runCli } from '../program.js';
import { capturedOutput } from '../testing/captured-output.js';
import { writeColourPhotos, writeSmallModel } from '../testing/colour-photos.js';

describe.runIf(await importTensorFlow())('graft lr-find', () => {
  const { printed, failed } = capturedOutput();
  let folder: string;
  const path = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'graft-lr-find-'));
    await tf.setBackend('tensorflow');
    await writeColourPhotos(path('photos'));
    await writeSmallModel(path('small.h5'));
    vi.stubEnv('GRAFT_CACHE', path('cache'));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  afterEach(() => void vi.restoreAllMocks());

  const find = (...more: string[]) =>
    runCli(['lr-find', path('photos'), '--model', path('small.h5'), ...more]);

  it('suggests rates, and draws the loss over them', async () => {
    expect(await find('--out', path('rates.svg'), '--json')).toBe(0);
    const { suggestions, points } = JSON.parse(printed.join('')) as {
      suggestions: { valley: number };
      points: { rate: number; loss: number }[];
    };
    expect(points[0]?.rate).toBeCloseTo(1e-7, 12);
    // Two classes that the head has not seen yet.
    expect(points[0]?.loss).toBeGreaterThan(0.3);
    expect(suggestions.valley).toBeGreaterThan(1e-4);
    expect(suggestions.valley).toBeLessThan(10);
    const svg = await readFile(path('rates.svg'), 'utf8');
    expect(svg).toContain('learning rate');
    expect(svg).toContain('valley');
  });

  it('says what to type', async () => {
    expect(await find('--out', path('rates.html'), '--optimizer', 'sgd:momentum=0.9')).toBe(0);
    expect(printed.join('\n')).toMatch(
      /^Suggested rates for sgd:momentum=0.9: valley .*\ngraft train … --rate [\d.e-]+\nwrote .*rates.html$/,
    );
  });

  it.each([
    [['--out', 'rates.pdf'], /--out must be an .svg, .png or .html file/],
    [['--optimizer', 'none'], /optimizer must be one of sgd/],
    [['--steps', '5'], /--steps must be an integer of at least 10. Received: 5/],
  ])('refuses %o in one line', async (args, message) => {
    expect(await find('--out', path('none.svg'), ...args)).toBe(1);
    expect(failed.join('')).toMatch(message);
    expect(failed).toHaveLength(1);
    expect(await readdir(folder)).not.toContain('none.svg');
  });
});
