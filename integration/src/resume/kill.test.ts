// A run that is killed in the middle of an epoch, and started again, ends as one that was not: to the bit, on cpu.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeProgram, type NodeProgram } from '@graftjs/test-utils/node-program';

const folder = mkdtempSync(join(tmpdir(), 'graft-resume-'));
const backup = join(folder, 'backup.safetensors');
const outcome = join(folder, 'outcome.json');
let program: NodeProgram;
let unbroken: string;

beforeAll(async () => {
  program = await nodeProgram(new URL('./program.ts', import.meta.url));
  const { code, output } = await program.run(backup, '0', outcome);
  expect(code, output).toBe(0);
  unbroken = readFileSync(outcome, 'utf8');
});
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true });
});

describe.each([
  { everyBatches: 0, killedAt: ['0', '2'], firstBatch: '0.0' },
  { everyBatches: 0, killedAt: ['2', '3'], firstBatch: '2.0' },
  { everyBatches: 2, killedAt: ['2', '4'], firstBatch: '2.4' },
  // An odd place: gradients are being accumulated.
  { everyBatches: 3, killedAt: ['1', '4'], firstBatch: '1.3' },
  // All batches of the epoch are done, but it is not over.
  { everyBatches: 6, killedAt: ['3', '5'], firstBatch: '3.0' },
])('killed after batch $killedAt, saved every $everyBatches', (each) => {
  it('ends as if it had not been, and loses no more than it has to', async () => {
    rmSync(outcome);
    const every = String(each.everyBatches);
    const { signal } = await program.run(backup, every, outcome, ...each.killedAt);
    expect(signal).toBe('SIGKILL');
    expect(existsSync(outcome)).toBe(false);
    expect(existsSync(backup)).toBe(true);
    const again = await program.run(backup, every, outcome);
    expect(again.output).toMatch(/batch/);
    expect(/batch (.*)/.exec(again.output)?.[1]).toBe(each.firstBatch);
    expect(readFileSync(outcome, 'utf8')).toBe(unbroken);
    expect(readdirSync(folder)).toEqual(['outcome.json']);
  });
});
