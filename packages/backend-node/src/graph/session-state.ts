// A training graph in a session, and the traffic between its variables and those of the model.

import * as tf from '@tensorflow/tfjs-core';
import type { Batch, RuleDrivenOptimizer, StepProgram } from '@graftjs/core';
import type { NodeBackend } from '../node-backend.js';
import { Session } from './session.js';
import type { GraphVariable, TrainingGraph } from './training-graph.js';

/** tfjs-node copies the list of names once per name: long lists are cut. */
const CHUNK = 16;

interface Pair {
  readonly variable: GraphVariable;
  readonly value: tf.Tensor;
}

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

  run({ xs, ys }: Batch): tf.Tensor1D {
    if (this.agreed) this.upload();
    this.agreed = undefined;
    const { feeds, step } = this.graph;
    const values = this.program.optimizer.advance();
    const scalars = tf.tensor1d(this.graph.scalars.map((name) => values[name] as number));
    const [x, y, s] = feeds;
    const inputs = new Map<string, tf.TensorInfo>([
      [x, xs],
      [y, ys],
      [s, scalars],
    ]);
    const [totals] = this.session.run(inputs, [step]);
    scalars.dispose();
    return totals as tf.Tensor1D;
  }

  /** Brings the model and the optimizer up to date. */
  synchronise(): void {
    if (this.agreed) return;
    const { graph, program } = this;
    const values = this.fetch([...graph.trainable, ...graph.states]);
    for (const [i, variable] of this.variables.entries()) variable.assign(values[i] as tf.Tensor);
    tf.dispose(values);
    for (const [i, variable] of program.trainable.entries()) {
      const slots = this.fetch(graph.slots[i] ?? []);
      if (slots.length > 0) program.optimizer.writeSlots(variable, slots);
      tf.dispose(slots);
    }
    this.agreed = this.outside().map(({ value }) => value.dataId);
  }

  dispose(): void {
    this.session.dispose();
  }

  /** Puts the model's and the optimizer's values in, unless nobody has touched them since they were taken out. */
  private upload(): void {
    const pairs = this.outside();
    if (pairs.every(({ value }, i) => value.dataId === this.agreed?.[i])) return;
    for (const chunk of chunks(pairs)) {
      const feeds = new Map(chunk.map(({ variable, value }) => [variable.feed, value]));
      const stores = chunk.map(({ variable }) => variable.store);
      tf.dispose(this.session.run(feeds, stores));
    }
  }

  /** Each variable of the session with its value outside. */
  private outside(): Pair[] {
    const { graph, program } = this;
    const targets = [...graph.trainable, ...graph.states];
    const weights = targets.map((variable, i) => ({
      variable,
      value: this.variables[i] as tf.Tensor,
    }));
    const slots = program.trainable.flatMap((weight, i) => {
      const variables = graph.slots[i] ?? [];
      const values = variables.length > 0 ? program.optimizer.readSlots(weight) : [];
      return variables.map((variable, k) => ({ variable, value: values[k] as tf.Tensor }));
    });
    return [...weights, ...slots];
  }

  private fetch(variables: readonly GraphVariable[]): tf.Tensor[] {
    const nothing = new Map<string, tf.TensorInfo>();
    return chunks(variables).flatMap((chunk) =>
      this.session.run(
        nothing,
        chunk.map(({ read }) => read),
      ),
    );
  }
}

function chunks<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / CHUNK);
  return Array.from({ length: count }, (_, i) => items.slice(i * CHUNK, (i + 1) * CHUNK));
}
