// Compiles a pass over many batches to one TensorFlow graph: after two recorded batches the third on is one call.

import * as tf from '@tensorflow/tfjs-core';
import type { ForwardCompiler, ForwardPass } from '@graftjs/core';
import { nodeBackend, type NodeBackend } from '../node-backend.js';
import { buildForwardGraph, type ForwardGraph } from './forward-graph.js';
import { NotAGraph } from './graph-builder.js';
import { recordOps } from './recorder.js';
import { difference, type Recording } from './recording.js';
import { Session } from './session.js';
import { signature } from './signature.js';

/**
 * The forward compiler of the 'tensorflow' backend. The first two batches run op by op and are recorded; if both recorded
 * the same, the others of their shape run as a graph. What cannot be a graph, and batches of another shape, run op by op.
 */
export const compilePass: ForwardCompiler = (variables) => new GraphPass(nodeBackend(), variables);

class GraphPass implements ForwardPass {
  private hopeless = false;
  /** What was recorded of the last batch, and of what shape that was. */
  private recorded: { readonly shape: string; readonly recording: Recording } | undefined;
  private compiled: { shape: string; graph: ForwardGraph; session: Session } | undefined;
  /** The values of the variables that the session has. */
  private stored: tf.DataId[] = [];

  constructor(
    private readonly backend: NodeBackend,
    private readonly variables: readonly tf.Variable[],
  ) {}

  run(inputs: readonly tf.Tensor[], compute: () => tf.Tensor): tf.Tensor {
    const { compiled } = this;
    if (compiled?.shape === signature(inputs)) {
      const { graph, session } = compiled;
      this.store(graph, session);
      const feeds = inputs.map((input, i) => [graph.feeds[i] as string, input] as const);
      return session.run(new Map(feeds), [graph.output])[0] as tf.Tensor;
    }
    return this.hopeless || compiled ? compute() : this.runRecorded(inputs, compute);
  }

  dispose(): void {
    this.compiled?.session.dispose();
    this.compiled = undefined;
    this.recorded = undefined;
  }

  /** Puts the variables' values in where they are others than those that the session has. */
  private store(graph: ForwardGraph, session: Session): void {
    const { variables, stored } = this;
    if (variables.length === stored.length) {
      if (variables.every(({ dataId }, i) => dataId === stored[i])) return;
    }
    const values = variables.map((value, i) => [graph.values[i] as string, value] as const);
    tf.dispose(session.run(new Map(values), [graph.store]));
    this.stored = variables.map(({ dataId }) => dataId);
  }

  private runRecorded(inputs: readonly tf.Tensor[], compute: () => tf.Tensor): tf.Tensor {
    const { result, recording } = recordOps(this.backend, [...inputs, ...this.variables], () => {
      const result = compute();
      return { result, outputs: [result] };
    });
    const shape = signature(inputs);
    const first = this.recorded;
    if (!recording || result.dtype !== 'float32') this.hopeless = true;
    else if (first?.shape !== shape) this.recorded = { shape, recording };
    else if (difference(first.recording, recording)) this.hopeless = true;
    else this.compile(shape, recording, inputs);
    return result;
  }

  private compile(shape: string, recording: Recording, inputs: readonly tf.Tensor[]): void {
    try {
      const graph = buildForwardGraph(this.backend, recording, inputs, this.variables);
      const session = new Session(this.backend, graph.nodes);
      this.compiled = { shape, graph, session };
      this.recorded = undefined;
    } catch (error) {
      if (!(error instanceof NotAGraph)) throw error;
      this.hopeless = true;
    }
  }
}
