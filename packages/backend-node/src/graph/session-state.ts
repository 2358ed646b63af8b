// A training graph in a session, and the traffic between its variables and those of the model.

import * as tf from '@tensorflow/tfjs-core';
import {
  batchTensors,
  type Batch,
  type RuleDrivenOptimizer,
  type StepProgram,
} from '@graftjs/core';
import type { NodeBackend } from '../node-backend.js';
import { Session } from './session.js';
import type { TrainingGraph } from './training-graph.js';

export class SessionState {
  private readonly session: Session;
  private readonly variables: readonly tf.Variable[];
  /** The values (model's, then optimizer's) that last equalled the session's; undefined while the session is ahead. */
  private agreed: tf.DataId[] | undefined = [];

  constructor(
    backend: NodeBackend,
    private readonly program: StepProgram & { optimizer: RuleDrivenOptimizer },
    private readonly graph: TrainingGraph,
  ) {
    this.session = new Session(backend, graph.nodes);
    this.variables = [...program.trainable, ...program.states];
  }

  run(batch: Batch): tf.Tensor1D {
    if (this.agreed) this.upload();
    this.agreed = undefined;
    const { feeds, scalars, steps } = this.graph;
    const step = this.program.optimizer.advance();
    const vector = tf.tensor1d(scalars.valuesAt(step));
    const inputs = new Map<string, tf.TensorInfo>([[scalars.feed, vector]]);
    for (const [i, tensor] of batchTensors(batch).entries()) inputs.set(feeds[i] as string, tensor);
    const [totals] = this.session.run(inputs, [steps[step.phase] as string]);
    vector.dispose();
    return totals as tf.Tensor1D;
  }

  /** Brings the model and the optimizer up to date. */
  synchronise(): void {
    if (this.agreed) return;
    const { graph, program } = this;
    // One call for all: TensorFlow prepares the graph anew for each list of names.
    const names = graph.variables.map(({ read }) => read);
    const values = this.session.run(new Map(), names);
    for (const [i, variable] of this.variables.entries()) variable.assign(values[i] as tf.Tensor);
    let next = this.variables.length;
    for (const index of graph.updated) {
      const variable = program.trainable[index] as tf.Variable;
      const { length } = program.optimizer.readSlots(variable);
      const slots = values.slice(next, (next += length));
      if (length > 0) program.optimizer.writeSlots(variable, slots);
    }
    tf.dispose(values);
    this.agreed = this.outside().map(({ dataId }) => dataId);
  }

  dispose(): void {
    this.session.dispose();
  }

  /** Puts the model's and the optimizer's values in, unless nobody has touched them since they were taken out. */
  private upload(): void {
    const values = this.outside();
    if (values.every(({ dataId }, i) => dataId === this.agreed?.[i])) return;
    const feeds = values.map(
      (value, i) => [this.graph.variables[i]?.feed as string, value] as const,
    );
    tf.dispose(this.session.run(new Map(feeds), [this.graph.store]));
  }

  /** The values outside, in the order of the graph's variables. */
  private outside(): tf.Tensor[] {
    const { optimizer, trainable } = this.program;
    const slots = this.graph.updated.flatMap((index) =>
      optimizer.readSlots(trainable[index] as tf.Variable),
    );
    return [...this.variables, ...slots];
  }
}
