// The graph of a computation that changes no variable, on variables inside a session.

import type * as tf from '@tensorflow/tfjs-core';
import type { NodeBackend } from '../node-backend.js';
import { GraphBuilder, shapeMessage } from './graph-builder.js';
import type { NodeMessage } from './protocol.js';
import type { Recording } from './recording.js';

export interface ForwardGraph {
  readonly nodes: NodeMessage[];
  /** Placeholders of the inputs. */
  readonly feeds: readonly string[];
  /** Placeholders of the variables' values. */
  readonly values: readonly string[];
  /** Fetching it gives the output. */
  readonly output: string;
  /** Fetching it puts the values fed to all variables in. */
  readonly store: string;
}

/**
 * @param recording of one output; its inputs are the inputs, then the variables
 * @throws NotAGraph where a part of the computation has no form as a graph
 */
export function buildForwardGraph(
  backend: NodeBackend,
  recording: Recording,
  inputs: readonly tf.Tensor[],
  variables: readonly tf.Variable[],
): ForwardGraph {
  const { binding } = backend;
  const graph = new GraphBuilder(binding);
  const typeOf = ({ dtype }: tf.Tensor) => backend.getDTypeInteger(dtype);
  const feeds = inputs.map((input, i) => graph.placeholder(`b${i}`, typeOf(input)));
  const placed = variables.map((variable, i) => {
    const dtype = { dtype: { type: typeOf(variable) } };
    const handle = graph.add('VarHandleOp', [], {
      ...dtype,
      shape: { shape: shapeMessage(variable.shape) },
      shared_name: { s: new TextEncoder().encode(`v${i}`) },
    });
    const value = graph.placeholder(`f${i}`, typeOf(variable));
    const stored = graph.add('AssignVariableOp', [handle, value], dtype);
    return { value, stored, read: graph.add('ReadVariableOp', [handle], dtype) };
  });
  const [result] = graph.inline(recording, [...feeds, ...placed.map(({ read }) => read)]);
  const T = { T: { type: binding.TF_FLOAT } };
  const output = graph.add('Identity', [result as string], T, 'y');
  const nothing = graph.constant({ shape: [], dtype: binding.TF_FLOAT, values: [0] });
  const all = placed.map(({ stored }) => `^${stored}`);
  const store = graph.add('Identity', [nothing, ...all], T, 'w');
  const values = placed.map(({ value }) => value);
  return { nodes: graph.nodes, feeds, values, output, store };
}
