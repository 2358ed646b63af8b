import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCli } from '../program.js';
import { capturedOutput } from '../testing/captured-output.js';

let folder: string;

const { printed, failed } = capturedOutput();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graft-schedules-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const plot = (...args: string[]) =>
  runCli(['schedules', 'plot', ...args, '--out', join(folder, 'rates.svg')]);

it('draws a curve for each schedule, and says where they begin and end', async () => {
  const texts = ['oneCycle:maxRate=0.1,steps=100', 'cosine:initialRate=0.1,decaySteps=100'];
  expect(await plot(...texts)).toBe(0);
  expect(printed).toEqual([
    'oneCycle:maxRate=0.1,steps=100: 0.01 at step 0, 0.08773 halfway, 0.00001 at step 99',
    'cosine:initialRate=0.1,decaySteps=100: 0.1 at step 0, 0.05 halfway, 0.00002467 at step 99',
    `wrote ${join(folder, 'rates.svg')}`,
  ]);
  const svg = await readFile(join(folder, 'rates.svg'), 'utf8');
  expect(svg.match(/mark-line/g)).toHaveLength(2);
  for (const text of texts) expect(svg).toContain(text);
  expect(svg).not.toMatch(/NaN|undefined/);
});

it('prints the rates as JSON', async () => {
  expect(await plot('constant:rate=0.5', '--steps', '3', '--json')).toBe(0);
  expect(JSON.parse(printed.join(''))).toEqual({
    picture: join(folder, 'rates.svg'),
    schedules: [
      { config: { schedule: 'constant', rate: 0.5 }, steps: [0, 1, 2], rates: [0.5, 0.5, 0.5] },
    ],
  });
});

it('draws zero rates on a logarithmic axis as gaps', async () => {
  expect(await plot('linear:initialRate=0,finalRate=1,steps=50', '--log')).toBe(0);
  expect(await readFile(join(folder, 'rates.svg'), 'utf8')).not.toMatch(/NaN|Infinity/);
});

it.each([
  [['cubic'], /config.schedule must be one of constant, cosine/],
  [['cosine:initialRate=-1,decaySteps=5'], /initialRate must be a finite number ≥ 0. Received: -1/],
])('refuses %o with one line, and writes nothing', async (args, message) => {
  expect(await plot(...args)).toBe(1);
  expect(failed.join('')).toMatch(message);
  expect(failed.join('').trim().split('\n')).toHaveLength(1);
  expect(await readdir(folder)).toEqual([]);
});
