// The graph of one training step: forward and backward pass, update, constraints, on variables inside a session.

import type * as tf from '@tensorflow/tfjs-core';
import {
  batchTensors,
  sharedScalars,
  type Batch,
  type RuleDrivenOptimizer,
  type StepInfo,
  type StepPhase,
  type StepProgram,
  type UpdateRule,
  type VariableStep,
} from '@graftjs/core';
import type { NodeBackend } from '../node-backend.js';
import { graphAlgebra } from './graph-algebra.js';
import { GraphBuilder, NotAGraph } from './graph-builder.js';
import { placeVariable, type GraphVariable, type Placed } from './graph-variable.js';
import { recordOps } from './recorder.js';
import type { Recording } from './recording.js';
import { RuleScalars } from './rule-scalars.js';
import type { NodeMessage } from './protocol.js';

export interface TrainingGraph {
  readonly nodes: NodeMessage[];
  /** Placeholders of a step, in the order of `batchTensors`. */
  readonly feeds: readonly string[];
  /** The placeholder of the rules' scalars as one vector, and its values in a step. */
  readonly scalars: { readonly feed: string; valuesAt(step: StepInfo): number[] };
  /** Fetching that of a phase runs the step and gives its totals. */
  readonly steps: Readonly<Partial<Record<StepPhase, string>>>;
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

type RuleProgram = StepProgram & { optimizer: RuleDrivenOptimizer };

/** A variable that the optimizer updates, in the graph. */
interface Updated {
  readonly variable: tf.Variable;
  readonly weight: Placed;
  readonly slots: readonly Placed[];
  readonly gradient: string;
}

/**
 * Builds the graph of a step on batches like `batch`.
 *
 * @throws NotAGraph where a part of the step has no form as a graph
 */
export function buildTrainingGraph(
  backend: NodeBackend,
  program: RuleProgram,
  { recording, withGradient }: StepRecording,
  batch: Batch,
): TrainingGraph {
  const { binding } = backend;
  const { optimizer } = program;
  const graph = new GraphBuilder(binding);
  const feeds = batchTensors(batch).map(({ dtype }, i) =>
    graph.placeholder(`b${i}`, backend.getDTypeInteger(dtype)),
  );

  let count = 0;
  const place = (like: tf.Tensor, storage?: { scale?: number; offset?: number }): Placed =>
    placeVariable(graph, count++, backend.getDTypeInteger(like.dtype), like.shape, storage);
  const trainable = program.trainable.map((variable) => place(variable));
  const states = program.states.map((variable) => place(variable));

  const outputs = graph.inline(recording, [
    ...feeds,
    ...[...trainable, ...states].map(({ read }) => read),
  ]);
  const [totals, ...rest] = outputs;
  const gradients = rest.slice(0, withGradient.length);
  const nextStates = rest.slice(withGradient.length);

  const indices = withGradient.filter((index) =>
    optimizer.ruleFor(program.trainable[index] as tf.Variable, 'update'),
  );
  const updated = indices.map((index): Updated => {
    const variable = program.trainable[index] as tf.Variable;
    const rule = optimizer.ruleFor(variable, 'update') as UpdateRule;
    const { slotScales, slotOffsets } = rule.tensorflow ?? {};
    const slots = optimizer.readSlots(variable).map((slot, i) => {
      const name = rule.slots[i] as string;
      return place(slot, { scale: slotScales?.[name] ?? 1, offset: slotOffsets?.[name] ?? 0 });
    });
    const gradient = gradients[withGradient.indexOf(index)] as string;
    return { variable, weight: trainable[index] as Placed, slots, gradient };
  });

  const scalars = new RuleScalars(graph, binding.TF_FLOAT);
  const statesDone = states.flatMap(({ handle, type, read }, i) => {
    const next = nextStates[i] as string;
    return next === read
      ? []
      : graph.add('AssignVariableOp', [handle, next, `^${read}`], { dtype: { type } });
  });
  const after = (nodes: readonly string[]) => nodes.map((node) => `^${node}`);
  const T = { T: { type: binding.TF_FLOAT } };
  const steps = optimizer.phases.map((phase) => {
    const updates = addUpdates(backend, graph, optimizer, updated, phase, scalars);
    const done = [...addConstraints(backend, graph, program, trainable, updates), ...statesDone];
    const name = phase === 'update' ? 't' : 'a';
    return [phase, graph.add('Identity', [totals as string, ...after(done)], T, name)] as const;
  });
  const feed = scalars.close();
  const variables = [...trainable, ...states, ...updated.flatMap(({ slots }) => slots)];
  const nothing = graph.constant({ shape: [], dtype: binding.TF_FLOAT, values: [0] });
  const all = after(variables.map(({ stored }) => stored));
  const store = graph.add('Identity', [nothing, ...all], T, 'w');
  return {
    ...{ nodes: graph.nodes, feeds, store, variables },
    scalars: { feed, valuesAt: (step) => scalars.valuesAt(step) },
    steps: Object.fromEntries(steps),
    updated: indices,
  };
}

/** Adds what a phase does to the weights and slots, and gives the node to wait for, by variable. */
function addUpdates(
  { binding }: NodeBackend,
  graph: GraphBuilder,
  optimizer: RuleDrivenOptimizer,
  updated: readonly Updated[],
  phase: StepPhase,
  scalars: RuleScalars,
): Map<tf.Variable, string> {
  const algebra = graphAlgebra(graph, { dtype: binding.TF_FLOAT, int32: binding.TF_INT32 });
  const { ages } = optimizer.nextStep(updated.map(({ variable }) => variable));
  const inputs = updated.map(({ variable, weight, slots, gradient }, i): VariableStep<string> => {
    const rule = optimizer.ruleFor(variable, phase) as UpdateRule;
    const reads = rule.slots.map((slot, k) => [slot, slots[k]?.read as string] as const);
    return {
      ...{ rule, gradient, weight: weight.read, shape: variable.shape },
      ...{ slots: Object.fromEntries(reads), scalars: scalars.of(rule, ages[i] as number, i) },
    };
  });
  const prepared = optimizer.prepareGradients(algebra, inputs, phase);
  const steps = inputs.map((step, i) => ({ ...step, gradient: prepared[i] as string }));
  const shared = sharedScalars(algebra, steps);
  return new Map(
    steps.map((step, i) => {
      const { variable, weight, slots } = updated[i] as Updated;
      if (step.rule.tensorflow) return [variable, addNative(graph, step, weight, slots)];
      const next = step.rule.update(algebra, { ...step, shared });
      const assign = (to: Placed, value: string, waitFor: readonly string[]) =>
        // What is kept as it was is not written.
        value === to.read
          ? to.read
          : graph.add('AssignVariableOp', [to.handle, value, ...waitFor.map((n) => `^${n}`)], {
              dtype: { type: to.type },
            });
      const slotsDone = step.rule.slots.map((slot, k) =>
        assign(slots[k] as Placed, next.slots[slot] as string, []),
      );
      // Every reader of the old weight has it before the new one is there.
      const waitFor = [weight.read, ...slotsDone];
      if (next.weight !== weight.read) return [variable, assign(weight, next.weight, waitFor)];
      return [
        variable,
        graph.add(
          'NoOp',
          waitFor.map((n) => `^${n}`),
          {},
        ),
      ];
    }),
  );
}

/** Adds TensorFlow's own ops in place of a rule, one after the other, and gives the last. */
function addNative(
  graph: GraphBuilder,
  { rule, gradient, scalars }: VariableStep<string>,
  weight: Placed,
  slots: readonly Placed[],
): string {
  const handles = Object.fromEntries(rule.slots.map((slot, i) => [slot, slots[i]?.handle]));
  const values: Record<string, string | undefined> = {
    ...{ ...scalars, ...handles },
    ...{ weight: weight.handle, value: weight.read, gradient },
  };
  // The forward pass reads first, also where the gradient does not depend on the weight.
  let last = weight.read;
  for (const { op, inputs, attributes = {} } of rule.tensorflow?.ops ?? []) {
    const flags = Object.entries(attributes).map(([name, b]) => [name, { b }] as const);
    last = graph.add(op, [...inputs.map((name) => values[name] as string), `^${last}`], {
      ...{ T: { type: weight.type } },
      ...Object.fromEntries(flags),
    });
  }
  return last;
}

/** Adds the constraints behind the updates, and gives the nodes to wait for: the last one of each variable. */
function addConstraints(
  backend: NodeBackend,
  graph: GraphBuilder,
  program: RuleProgram,
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
