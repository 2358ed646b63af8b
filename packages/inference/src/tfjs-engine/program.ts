// A graph made ready: its steps in order, each with what is not needed after it.

import * as tf from '@tensorflow/tfjs-core';
import type { InferenceGraph } from '../graph/graph.js';
import type { GraphNode } from '../graph/node.js';
import { compute } from './compute.js';
import type { PrepareKernel, Run } from './kernel.js';
import type { WeightStore } from './weight-store.js';

interface Step {
  readonly run: Run;
  /** Names of the inputs that are no constants. */
  readonly inputs: readonly string[];
  readonly output: string;
  /** Names of values that no later step takes. */
  readonly done: readonly string[];
}

/** Computes the graph's outputs, the caller's to dispose; the inputs stay as they are. */
export type Program = (inputs: readonly tf.Tensor[]) => tf.Tensor[];

export async function prepareProgram(
  graph: InferenceGraph,
  weights: WeightStore,
  prepareKernel: PrepareKernel | undefined,
): Promise<Program> {
  const steps: Step[] = [];
  const done = lastUses(graph);
  for (const [i, node] of graph.nodes.entries()) {
    const run = await (prepareKernel?.(node, weights) ?? prepareNode(node, weights));
    const inputs = node.inputs.filter((name) => !weights.has(name));
    steps.push({ run, inputs, output: node.output, done: done[i] ?? [] });
  }
  return (inputs) => tf.tidy(() => runSteps(graph, steps, inputs));
}

function runSteps(
  graph: InferenceGraph,
  steps: readonly Step[],
  inputs: readonly tf.Tensor[],
): tf.Tensor[] {
  const values = new Map(graph.inputs.map(({ name }, i) => [name, inputs[i] as tf.Tensor]));
  const valueOf = (name: string) => values.get(name) as tf.Tensor;
  for (const { run, inputs: names, output, done } of steps) {
    values.set(
      output,
      tf.tidy(() => run(...names.map(valueOf))),
    );
    for (const name of done) valueOf(name).dispose();
  }
  // Copies of names only: one may be there twice, or be an input.
  return graph.outputs.map((name) => tf.clone(valueOf(name)));
}

/** The constants as tensors, among the other inputs. */
async function prepareNode(node: GraphNode, weights: WeightStore): Promise<Run> {
  const fixed: (tf.Tensor | undefined)[] = [];
  for (const name of node.inputs) {
    fixed.push(weights.has(name) ? await weights.tensor(name) : undefined);
  }
  return (...x) => {
    const given = [...x];
    return compute(node, fixed.map((tensor) => tensor ?? (given.shift() as tf.Tensor))); // prettier-ignore
  };
}

/** By step, the values made by steps that are last taken there. */
function lastUses({ nodes, outputs }: InferenceGraph): string[][] {
  const made = new Set(nodes.map(({ output }) => output));
  const seen = new Set(outputs);
  const done = nodes.map((): string[] => []);
  for (let i = nodes.length - 1; i >= 0; i--) {
    for (const name of (nodes[i] as GraphNode).inputs) {
      if (!made.has(name) || seen.has(name)) continue;
      seen.add(name);
      done[i]?.push(name);
    }
  }
  return done;
}
