// Runs a case of the conformance suite on a backend of tfjs; in Node and in a page.

import * as tf from '@tensorflow/tfjs-core';
import { tfjsEngine } from '../tfjs-engine.js';
import { engineCases } from './cases.js';

export interface CaseResult {
  readonly shape: readonly number[];
  readonly expectedShape: readonly number[];
  /** The largest difference, relative where the value is greater than 1; NaN if one is not a number. */
  readonly error: number;
  /** How many tensors more there are than before, and how many values more on the backend than after the first run. */
  readonly leaked: number;
}

/** The expected values are those of the backend 'cpu'. */
export async function checkCase(name: string, backend: string): Promise<CaseResult> {
  await tf.setBackend('cpu');
  const make = engineCases[name];
  if (!make) throw new Error(`there is no case ${name}`);
  const { graph, input, expected } = make();
  const want = tf.tidy(() => expected(input));
  const wanted = await want.data();
  if (!(await tf.setBackend(backend))) throw new Error(`backend ${backend} is not available`);
  const before = tf.memory().numTensors;
  const engine = await tfjsEngine(graph);
  const errors: number[] = [];
  const held: number[] = [];
  let shape: number[] = [];
  // More than twice: then a backend may take another way.
  for (let i = 0; i < 4; i++) {
    const [got] = (await engine.run([input])) as [tf.Tensor];
    const values = await got.data();
    errors.push(...values.map((value, k) => difference(value, wanted[k] as number)));
    shape = got.shape;
    got.dispose();
    held.push(tf.backend().numDataIds());
  }
  await engine.dispose();
  const leaked = tf.memory().numTensors - before + (held.at(-1) as number) - (held[0] as number);
  const error = errors.reduce((a, b) => Math.max(a, b));
  tf.dispose([input, want]);
  return { shape, expectedShape: want.shape, error, leaked };
}

function difference(value: number, wanted: number): number {
  return Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
}
