// The page of browser.test.ts: the conformance suite on a backend of the browser.

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { constantOf } from '../../graph/constant.js';
import { GraphBuilder } from '../../graph/graph-builder.js';
import { tfjsEngine } from '../tfjs-engine.js';
import { checkCase } from './check-case.js';

declare global {
  interface Window {
    checkCase: typeof checkCase;
    repeatWholeNumbers(backend: string): Promise<number[]>;
  }
}

window.checkCase = checkCase;

/** Four channels for each of some whole numbers that were cast on the backend. */
window.repeatWholeNumbers = async (backend) => {
  await tf.setBackend(backend);
  const graph = new GraphBuilder();
  const x = graph.input('x', [null, 1, 3, 1], 'float32');
  const kernel = graph.constant('kernel', constantOf([1, 1, 1, 4], new Float32Array(4).fill(1)));
  const y = graph.add('y', {
    ...{ op: 'conv2d', inputs: [x, kernel], groups: 1, padding: 'same' },
    ...{ strides: [1, 1], dilations: [1, 1] },
  });
  const engine = await tfjsEngine(graph.build([y]));
  const numbers = tf.cast(tf.tensor4d([7, 8, 9], [1, 1, 3, 1], 'int32'), 'float32');
  const [outputs] = (await engine.run([numbers])) as [tf.Tensor];
  const values = await outputs.data();
  await engine.dispose();
  return [...values];
};
