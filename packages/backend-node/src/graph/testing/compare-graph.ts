// A computation as a simplified graph beside the same op by op.

import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { nodeBackend } from '../../node-backend.js';
import { GraphBuilder } from '../graph-builder.js';
import { recordOps } from '../recorder.js';
import { Session } from '../session.js';

/**
 * Expects the graph to give what the ops gave, on random inputs of these shapes, and returns the kinds of op that it needs.
 */
export function opsOfEqualGraph(
  shapes: readonly number[][],
  compute: (...inputs: tf.Tensor[]) => tf.Tensor[],
): string[] {
  const backend = nodeBackend();
  const inputs = shapes.map((shape, i) => tf.randomNormal(shape, 0, 1, 'float32', i + 1));
  const { result, recording } = recordOps(backend, inputs, () => {
    const outputs = tf.tidy(() => compute(...inputs));
    return { result: outputs, outputs };
  });
  if (!recording) throw new Error('it was not recorded');
  const graph = new GraphBuilder(backend.binding);
  const feeds = inputs.map((_, i) => graph.placeholder(`x${i}`, backend.binding.TF_FLOAT));
  const outputs = graph.inline(recording, feeds);
  const session = new Session(backend, graph.nodes);
  const fed = feeds.map((feed, i) => [feed, inputs[i] as tf.Tensor] as const);
  const values = session.run(new Map(fed), outputs);
  session.dispose();
  for (const [i, expected] of result.entries()) {
    expect(values[i]).toBeCloseToTensor(expected, 1e-5);
  }
  tf.dispose([inputs, result, values]);
  return neededOps(graph, outputs);
}

/** The output of a function of two tensors, and its gradients where what comes back differs from place to place. */
export function withGradients(
  y: (a: tf.Tensor4D, b: tf.Tensor4D) => tf.Tensor,
): (...inputs: tf.Tensor[]) => tf.Tensor[] {
  return (...inputs) => {
    const squared = (...args: tf.Tensor[]) =>
      tf.square(y(args[0] as tf.Tensor4D, args[1] as tf.Tensor4D));
    const { value, grads } = tf.valueAndGrads(squared)(inputs);
    return [value, ...grads];
  };
}

function neededOps({ nodes }: GraphBuilder, outputs: readonly string[]): string[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const needed = new Set<string>();
  const visit = (value: string): void => {
    const [name] = value.split(':') as [string];
    if (needed.has(name)) return;
    needed.add(name);
    byName.get(name)?.input.forEach(visit);
  };
  outputs.forEach(visit);
  return [...needed].map((name) => byName.get(name)?.op as string);
}
