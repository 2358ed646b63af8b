// Memory that really runs out: TensorFlow in a process that may not have more.

import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { importTensorFlow } from '@graftjs/test-utils';
import { nodeProgram } from '@graftjs/test-utils/node-program';

const canLimit = spawnSync('prlimit', ['--version']).status === 0;

it.runIf(canLimit && (await importTensorFlow()))(
  'makes the same updates from smaller parts',
  async () => {
    const program = await nodeProgram(new URL('./program.ts', import.meta.url));
    const { code, output } = await program.run();
    program.remove();
    expect(code, output).toBe(0);
    const { free, limited } = JSON.parse(output.slice(output.indexOf('{'))) as Record<
      'free' | 'limited',
      { sizes: number[]; losses: number[] }
    >;
    expect(free.sizes).toEqual([]);
    expect(limited.sizes[0]).toBe(32);
    expect(limited.losses).toHaveLength(3);
    limited.losses.forEach((loss, i) =>
      expect(loss / (free.losses[i] as number)).toBeCloseTo(1, 6),
    );
  },
);
