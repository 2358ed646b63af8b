import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { positiveInteger } from '../positive-integer.js';
import { applyConfig, configOf, configText, readConfig } from './apply-config.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graft-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(text: string): Promise<string> {
  const file = join(folder, 'run.yaml');
  await writeFile(file, text);
  return file;
}

function command(...args: string[]): Command {
  const made = new Command('run')
    .option('--batch-size <n>', 'photos', positiveInteger, 32)
    .option('--epochs <n>', 'epochs', positiveInteger, 30)
    .option('--schedule <schedule>', 'rates')
    .option('--json', 'as JSON', false);
  return made.parse(args, { from: 'user' });
}

it('sets what the command line leaves open, from YAML and from JSON', async () => {
  for (const text of ['batch-size: 8\nepochs: 5\n', '{"batch-size": 8, "epochs": 5}']) {
    const run = command('--epochs', '9');
    applyConfig(run, await readConfig(await fileOf(text)), 'run.yaml');
    expect(run.opts()).toMatchObject({ batchSize: 8, epochs: 9 });
  }
});

it('takes structures as JSON, lists of words with commas, and nothing as nothing', () => {
  const run = command();
  applyConfig(run, { schedule: { schedule: 'constant', rate: 0.1 }, epochs: null }, 'run.yaml');
  expect(run.opts()).toMatchObject({ schedule: '{"schedule":"constant","rate":0.1}', epochs: 30 });
  applyConfig(run, { schedule: ['flip', 'rotate=0.1'] }, 'run.yaml');
  expect(run.opts()).toMatchObject({ schedule: 'flip,rotate=0.1' });
});

it('comes back from what it writes', async () => {
  const run = command('--epochs', '9', '--json');
  const config = configOf(run);
  expect(config).toEqual({ 'batch-size': 32, epochs: 9 });
  expect(await readConfig(await fileOf(configText(config)))).toEqual(config);
});

it.each([
  ['epoch: 3', /^the keys of run.yaml must be made of batch-size, epochs, schedule. .*"epoch"$/],
  ['json: true', /^the keys of run.yaml must be made of batch-size, epochs, schedule/],
  ['epochs: many', /^epochs in run.yaml: It must be .* Received: many$/],
  ['epochs: [1, 2]', /^epochs in run.yaml: /],
  ['epochs: 1\nepochs: 2', /run.yaml is no YAML or JSON: Map keys must be unique at line 2/],
  ['- epochs', /run.yaml must be names of options with values. Received: \["epochs"\]/],
  ['', /run.yaml must be names of options with values. Received: null/],
])('refuses %j in one line', async (text, message) => {
  const read = async () => applyConfig(command(), await readConfig(await fileOf(text)), 'run.yaml');
  const error = await read().catch((reason: unknown) => reason as Error);
  expect((error as Error).message).toMatch(message);
  expect((error as Error).message).not.toContain('\n');
});
