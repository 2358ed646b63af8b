// The graph of one training step: forward and backward pass, update, constraints, on variables inside a session.

import type * as tf from '@tensorflow/tfjs-core';
import {
  batchTensors,
  type Batch,
  type RuleDrivenOptimizer,
  type StepProgram,
  type UpdateRule,
} from '@graftjs/core';
import type { NodeBackend } from '../node-backend.js';
import { graphAlgebra } from './graph-algebra.js';
import { GraphBuilder, NotAGraph, shapeMessage } from './graph-builder.js';
import { recordOps } from './recorder.js';
import type { Recording } from './recording.js';
import type { NodeMessage } from './protocol.js';

/** A variable of the session, and the nodes to reach it by; names are short, since tfjs-node copies them at every call. */
export interface GraphVariable {
  /** Placeholder for a value from outside. */
  readonly feed: string;
  /** Fetching it gives the value. */
  readonly read: string;
}

export interface TrainingGraph {
  readonly nodes: NodeMessage[];
  /** Placeholders of a step, in the order of `batchTensors`. */
  readonly feeds: readonly string[];
  /** The placeholder of the rule's scalars as one vector, and their names in its order. */
  readonly scalars: { readonly feed: string; readonly names: readonly string[] };
  /** Fetching it runs the step and gives its totals. */
  readonly step: string;
  /** Fetching it puts the values fed to all variables in. */
  readonly store: string;
  /** Trainable variables, the other variables, then the slots of each updated one. */
  readonly variables: readonly GraphVariable[];
  /** Indices of the trainable variables that a step updates. */
  readonly updated: readonly number[];
}

/** What was recorded of a step; inputs are the batch's tensors, the trainable variables, the states. */
export interface StepRecording {
  /** Outputs: totals, the gradients (only of those in `withGradient`), the states. */
  readonly recording: Recording;
  /** Indices of the trainable variables that have a gradient. */
  readonly withGradient: readonly number[];
}

interface Placed extends GraphVariable {
  readonly handle: string;
  readonly type: number;
  /** The node that puts the fed value in. */
  readonly stored: string;
}

/**
 * Builds the graph of a step on batches like `batch`.
 *
 * @throws NotAGraph where a part of the step has no form as a graph
 */
export function buildTrainingGraph(
  backend: NodeBackend,
  program: StepProgram & { optimizer: RuleDrivenOptimizer },
  { recording, withGradient }: StepRecording,
  batch: Batch,
): TrainingGraph {
  const { binding } = backend;
  const graph = new GraphBuilder(binding);
  const { rule } = program.optimizer;
  const feeds = batchTensors(batch).map(({ dtype }, i) =>
    graph.placeholder(`b${i}`, backend.getDTypeInteger(dtype)),
  );
  const scalarFeed = graph.placeholder('s', binding.TF_FLOAT);
  const scalarNames = Object.keys(rule.scalars(0, 1));

  let count = 0;
  /** A variable of the session that holds the value outside times `scale`. */
  const place = (variable: tf.Tensor, scale = 1): Placed => {
    const type = backend.getDTypeInteger(variable.dtype);
    const id = count++;
    const attr = { dtype: { type } };
    const handle = graph.add('VarHandleOp', [], {
      ...attr,
      shape: { shape: shapeMessage(variable.shape) },
      shared_name: { s: new TextEncoder().encode(`v${id}`) },
    });
    const feed = graph.placeholder(`f${id}`, type);
    const scaled = (value: string, factor: number): string =>
      factor === 1 ? value : graph.scale(value, factor, type);
    const stored = graph.add('AssignVariableOp', [handle, scaled(feed, scale)], attr);
    const value = graph.add('ReadVariableOp', [handle], attr);
    const read = graph.add('Identity', [scaled(value, 1 / scale)], { T: { type } }, `r${id}`);
    return { handle, type, feed, stored, read };
  };
  const trainable = program.trainable.map((variable) => place(variable));
  const states = program.states.map((variable) => place(variable));
  const slots = withGradient.map((index) =>
    rule.slots.map((slot) =>
      place(program.trainable[index] as tf.Variable, rule.tensorflow?.slotScales?.[slot]),
    ),
  );

  const outputs = graph.inline(recording, [
    ...feeds,
    ...[...trainable, ...states].map(({ read }) => read),
  ]);
  const [totals, ...rest] = outputs;
  const gradients = rest.slice(0, withGradient.length);
  const nextStates = rest.slice(withGradient.length);

  const scalars = unpackScalars(graph, scalarFeed, scalarNames, binding.TF_FLOAT);
  const updates = new Map<tf.Variable, string>();
  for (const [i, index] of withGradient.entries()) {
    const update = addUpdate(graph, rule, {
      weight: trainable[index] as Placed,
      gradient: gradients[i] as string,
      slots: slots[i] as Placed[],
      scalars,
    });
    updates.set(program.trainable[index] as tf.Variable, update);
  }
  const finished = [
    ...addConstraints(backend, graph, program, trainable, updates),
    ...states.flatMap(({ handle, type, read }, i) => {
      const next = nextStates[i] as string;
      return next === read
        ? []
        : graph.add('AssignVariableOp', [handle, next, `^${read}`], { dtype: { type } });
    }),
  ];
  const after = (nodes: readonly string[]) => nodes.map((node) => `^${node}`);
  const T = { T: { type: binding.TF_FLOAT } };
  const step = graph.add('Identity', [totals as string, ...after(finished)], T, 't');
  const variables = [...trainable, ...states, ...slots.flat()];
  const nothing = graph.constant({ shape: [], dtype: binding.TF_FLOAT, values: [0] });
  const all = after(variables.map(({ stored }) => stored));
  const store = graph.add('Identity', [nothing, ...all], T, 'w');
  const { nodes } = graph;
  const fed = { feed: scalarFeed, names: scalarNames };
  return { nodes, feeds, scalars: fed, step, store, variables, updated: withGradient };
}

function unpackScalars(
  graph: GraphBuilder,
  vector: string,
  names: readonly string[],
  type: number,
): Record<string, string> {
  const node = graph.add('Unpack', [vector], {
    T: { type },
    num: { i: names.length },
    axis: { i: 0 },
  });
  return Object.fromEntries(names.map((name, i) => [name, i === 0 ? node : `${node}:${i}`]));
}

interface UpdateInputs {
  weight: Placed;
  gradient: string;
  slots: Placed[];
  scalars: Record<string, string>;
}

/** Adds the update of one variable, and gives the node to wait for. */
function addUpdate(
  graph: GraphBuilder,
  rule: UpdateRule,
  { weight, gradient, slots, scalars }: UpdateInputs,
): string {
  const T = { T: { type: weight.type } };
  if (rule.tensorflow) {
    const handles = Object.fromEntries(rule.slots.map((slot, i) => [slot, slots[i]?.handle]));
    const values: Record<string, string | undefined> = {
      ...scalars,
      ...handles,
      weight: weight.handle,
      gradient,
    };
    // The forward pass reads first, also where the gradient does not depend on the weight.
    const inputs = [
      ...rule.tensorflow.inputs.map((name) => values[name] as string),
      `^${weight.read}`,
    ];
    const flags = Object.entries(rule.tensorflow.attributes ?? {}).map(
      ([name, b]) => [name, { b }] as const,
    );
    return graph.add(rule.tensorflow.op, inputs, { ...T, ...Object.fromEntries(flags) });
  }
  const before = Object.fromEntries(rule.slots.map((slot, i) => [slot, slots[i]?.read as string]));
  const next = rule.update(graphAlgebra(graph, weight.type), {
    ...{ weight: weight.read, gradient, scalars },
    slots: before,
  });
  const assign = (to: Placed, value: string, after: string[]) =>
    graph.add('AssignVariableOp', [to.handle, value, ...after.map((node) => `^${node}`)], {
      dtype: { type: to.type },
    });
  const slotsDone = rule.slots.map((slot, i) =>
    assign(slots[i] as Placed, next.slots[slot] as string, []),
  );
  return assign(weight, next.weight, [weight.read, ...slotsDone]);
}

/** Adds the constraints behind the updates, and gives the nodes to wait for: the last one of each variable. */
function addConstraints(
  backend: NodeBackend,
  graph: GraphBuilder,
  program: StepProgram,
  trainable: readonly Placed[],
  updates: ReadonlyMap<tf.Variable, string>,
): string[] {
  const last = new Map(updates);
  for (const { variable, apply } of program.constraints) {
    const update = last.get(variable);
    const placed = trainable[program.trainable.indexOf(variable)];
    if (!update || !placed) continue;
    const { recording, obstacle, result } = recordOps(backend, [variable], () => {
      const constrained = apply(variable);
      return { result: constrained, outputs: [constrained] };
    });
    result.dispose();
    if (!recording) throw new NotAGraph(`a constraint of ${variable.name}: ${obstacle}`);
    const dtype = { dtype: { type: placed.type } };
    const updated = graph.add('ReadVariableOp', [placed.handle, `^${update}`], dtype);
    const [next] = graph.inline(recording, [updated]);
    last.set(variable, graph.add('AssignVariableOp', [placed.handle, next as string], dtype));
  }
  return [...last.values()];
}
