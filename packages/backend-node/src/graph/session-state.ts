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
  private readonly updated: readonly tf.Variable[];
  /** The values (model's, then optimizer's) that last equalled the session's; undefined while the session is ahead. */
  private agreed: tf.DataId[] | undefined = [];

  constructor(
    backend: NodeBackend,
    private readonly program: StepProgram & { optimizer: RuleDrivenOptimizer },
    private readonly graph: TrainingGraph,
  ) {
    this.session = new Session(backend, graph.nodes);
    this.variables = [...program.trainable, ...program.states];
    this.updated = graph.updated.map((index) => program.trainable[index] as tf.Variable);
  }

  run(batch: Batch): tf.Tensor1D {
    const { feeds, scalars, steps } = this.graph;
    const { optimizer } = this.program;
    const step = optimizer.nextStep(this.updated);
    // A schedule may refuse the step: before anything has changed.
    const values = scalars.valuesAt(step);
    if (this.agreed) this.upload();
    this.agreed = undefined;
    optimizer.advance(this.updated);
    const vector = tf.tensor1d(values);
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
    for (const variable of this.updated) {
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
    const { optimizer } = this.program;
    const slots = this.updated.flatMap((variable) => optimizer.readSlots(variable));
    return [...this.variables, ...slots];
  }
}
