// The one thing that a file cannot be: too large. What is in files is tested where they are run.

import { expect, it } from 'vitest';
import type { InferenceGraph } from '../graph/graph.js';
import { encodeOnnx } from './encode.js';

it('refuses what protobuf cannot read, before a weight is read', async () => {
  const read = () => Promise.reject(new Error('read'));
  const graph: InferenceGraph = {
    inputs: [{ name: 'x', shape: [null, 40_000], dtype: 'float32' }],
    outputs: ['y'],
    nodes: [{ op: 'dense', inputs: ['x', 'kernel'], output: 'y' }],
    constants: new Map([['kernel', { shape: [40_000, 16_000], read }]]),
    shapes: new Map([
      ['x', [null, 40_000]],
      ['y', [null, 16_000]],
    ]),
  };
  await expect(encodeOnnx(graph, 'large')).rejects.toThrow(
    'a model must be at most 2 GB as ONNX, as float32. Received: 2.4 GB',
  );
  await expect(encodeOnnx(graph, 'large', 'float16')).rejects.toThrow('read');
});
