import '@tensorflow/tfjs-backend-cpu';
import { fileURLToPath } from 'node:url';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectNoLeak, importTensorFlow } from '@graftjs/test-utils';
import { GraphBuilder } from '../graph/graph-builder.js';
import { checkCase } from './testing/check-case.js';
import { engineCases } from './testing/cases.js';
import { tfjsEngine } from './tfjs-engine.js';

setWasmPaths(fileURLToPath(new URL('.', import.meta.resolve('@tensorflow/tfjs-backend-wasm'))));
const isInstalled = await importTensorFlow();

describe.each(['cpu', 'wasm', ...(isInstalled ? ['tensorflow'] : [])])('on %s', (backend) => {
  it.each(Object.keys(engineCases))('%s', async (name) => {
    const result = await checkCase(name, backend);
    expect(result.shape).toEqual(result.expectedShape);
    expect(result.error).toBeLessThan(1e-5);
    expect(result.leaked).toBe(0);
  });
});

describe('an engine', () => {
  beforeAll(() => tf.setBackend('cpu'));

  const graph = new GraphBuilder();
  const x = graph.input('x', [null, 2], 'float32');
  const more = graph.add('more', { op: 'add', inputs: [x, graph.scalar('two', 2)] });
  const twice = graph.add('twice', { op: 'add', inputs: [more, more] });

  it('gives outputs that are inputs, in between, or there twice', async () => {
    const engine = await tfjsEngine(graph.build([x, more, twice, twice]));
    const input = tf.tensor2d([[1, 2]]);
    await expectNoLeak(async () => {
      const outputs = await engine.run([input]);
      expect(outputs.map((output) => [...output.dataSync()])).toEqual([[1, 2], [3, 4], [6, 8], [6, 8]]); // prettier-ignore
      for (const output of outputs) output.dispose();
      expect(input.isDisposed).toBe(false);
    });
    await engine.dispose();
  });

  it('frees what no later step needs', async () => {
    const steps = new GraphBuilder();
    let value = steps.input('x', [null, 1000], 'float32');
    for (let i = 0; i < 9; i++) value = steps.add('y', { op: 'square', inputs: [value] });
    const engine = await tfjsEngine(steps.build([value]));
    const input = tf.ones([1, 1000]);
    const before = tf.memory().numBytes;
    const { peakBytes } = await tf.profile(async () => {
      const [output] = await engine.run([input]);
      return output as tf.Tensor;
    });
    // What a step takes and what it gives.
    expect(peakBytes - before).toBe(2 * 4000);
    await engine.dispose();
  });

  it.runIf(isInstalled)('refuses another backend than it was made on', async () => {
    const engine = await tfjsEngine(graph.build([twice]));
    await tf.setBackend('tensorflow');
    await expect(engine.run([tf.ones([1, 2])])).rejects.toThrow(
      "the backend must be 'cpu', for which the model was compiled. Received: 'tensorflow'",
    );
    await tf.setBackend('cpu');
    await engine.dispose();
  });
});
