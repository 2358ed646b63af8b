// A few variables that are trained along given gradients, as reference/makers/optimizers.py does it; runs in Node and in a
// browser.

import * as tf from '@tensorflow/tfjs-core';
import {
  eagerStep,
  stepCompiler,
  type Batch,
  type StepEngine,
  type StepProgram,
} from '@graftjs/core';
import * as optimizers from '@graftjs/optimizers';
import type { RuleOptimizer } from '@graftjs/optimizers';

export interface VariableSpec {
  name: string;
  shape: number[];
  /** Of its gradients. */
  scale: number;
}
export interface Case {
  name: string;
  class_name: string;
  config: Record<string, unknown>;
  /** All values after so many steps. */
  weights: Record<string, number[]>;
  /** What the weights become at the end of training, where that is something else. */
  evaluation?: number[];
  /** The loss has curvature: its gradient depends on the weights. */
  curved?: boolean;
  /** So many variables, the first ones, are frozen for so many steps. */
  late?: { variables: number; from: number };
}
export interface Fixture {
  steps: number;
  variables: VariableSpec[];
  cases: Case[];
}
export interface Run {
  weights: Record<string, number[]>;
  evaluation: number[];
  engine: StepEngine;
}

const sizeOf = ({ shape }: VariableSpec): number => shape.reduce((a, b) => a * b, 1);

/** As `weights_at_first` of the maker. */
function weightsAtFirst(spec: VariableSpec, v: number): number[] {
  return Array.from({ length: sizeOf(spec) }, (_, i) => (((i * 37 + v * 11) % 101) - 50) / 50);
}

/** As `gradients` of the maker. */
function gradientAt(step: number, spec: VariableSpec, v: number): number[] {
  return Array.from({ length: sizeOf(spec) }, (_, i) =>
    i % 7 === 3 ? 0 : ((((i * 29 + step * 53 + v * 17) % 199) - 99) / 100) * spec.scale,
  );
}

/** As `curvature` of the maker. */
function curvature(spec: VariableSpec, v: number): number[] {
  return Array.from({ length: sizeOf(spec) }, (_, i) => ((i * 13 + v * 7) % 11) / 10);
}

export function makeVariables({ variables }: Fixture): tf.Variable[] {
  return variables.map((spec, v) =>
    tf.variable(tf.tensor(weightsAtFirst(spec, v), spec.shape), true, spec.name),
  );
}

/** The loss is the sum of all weights times `xs`, the gradients of a step, and of curvature · w² / 2. */
export function makeProgram(
  { variables: specs }: Fixture,
  trainable: tf.Variable[],
  optimizer: tf.Optimizer,
  curved = false,
): StepProgram {
  return {
    ...{ optimizer, trainable, states: [], constraints: [] },
    forward({ xs }) {
      let start = 0;
      const terms = trainable.map((weight, v) => {
        const spec = specs[v] as VariableSpec;
        const given = tf.reshape(tf.slice(xs, [0, start], [1, sizeOf(spec)]), spec.shape);
        start += sizeOf(spec);
        const slope = tf.sum(tf.mul(weight, given));
        if (!curved) return slope;
        const half = tf.tensor(
          curvature(spec, v).map((c) => c / 2),
          spec.shape,
        );
        return tf.add(slope, tf.sum(tf.mul(half, tf.mul(weight, weight))));
      });
      const loss = tf.addN(terms) as tf.Scalar;
      return { loss, totals: tf.reshape(loss, [1]) };
    },
  };
}

export function batchAt({ variables }: Fixture, step: number): Batch {
  const values = variables.flatMap((spec, v) => gradientAt(step, spec, v));
  return { xs: tf.tensor2d(values, [1, values.length]), ys: tf.tensor1d([0]) };
}

/** Trains as a case says, and gives what its fixture holds. */
export async function runCase(
  fixture: Fixture,
  { weights, curved = false, late = { variables: 0, from: Infinity } }: Case,
  optimizer: RuleOptimizer,
  { runEagerly }: { runEagerly: boolean },
): Promise<Run> {
  const variables = makeVariables(fixture);
  const program = makeProgram(fixture, variables, optimizer, curved);
  const compiler = runEagerly ? undefined : stepCompiler(tf.getBackend());
  /** A step that leaves the first variables as they are. */
  const stepOf = (frozen: number) => {
    const parts = { states: variables.slice(0, frozen), trainable: variables.slice(frozen) };
    const all = { ...program, ...parts };
    return compiler ? compiler(all) : eagerStep(all, 'asked for');
  };
  let step = stepOf(late.variables);
  const read = async () =>
    (await Promise.all(variables.map((variable) => variable.data()))).flatMap((a) => [...a]);
  const seen: Record<string, number[]> = {};
  try {
    for (let i = 0; i < fixture.steps; i++) {
      if (i === late.from) {
        step.synchronise();
        step.dispose();
        step = stepOf(0);
      }
      const batch = batchAt(fixture, i);
      tf.dispose([step.run(batch), batch.xs, batch.ys]);
      if (String(i + 1) in weights) {
        step.synchronise();
        seen[String(i + 1)] = await read();
      }
    }
    const evaluation = await optimizer.evaluating(read);
    return { weights: seen, evaluation, engine: step.engine };
  } finally {
    step.dispose();
    optimizer.dispose();
    tf.dispose(variables);
  }
}

interface Class {
  new (...args: object[]): RuleOptimizer;
  readonly prototype: RuleOptimizer;
  readonly fromConfig: unknown;
}

const isList = (value: unknown): value is number[] =>
  Array.isArray(value) && typeof value[0] === 'number';

/** A schedule may be given by its values, or by its config. */
const setting = (value: unknown): unknown =>
  isList(value) ? (step: number) => value[step] : value;

/** The optimizer of a case: names as in Python, and what Keras decays decays. */
export function makeOptimizer({
  class_name,
  config,
}: Pick<Case, 'class_name' | 'config'>): RuleOptimizer {
  const Optimizer = (optimizers as unknown as Record<string, Class>)[class_name];
  if (!Optimizer) throw new Error(`no optimizer ${class_name}`);
  const { optimizer, ...settings } = config;
  const options = Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      setting(value),
    ]),
  );
  return optimizer === undefined
    ? optimizers.optimizerFromConfig(Optimizer, { decays: 'all', ...options })
    : new Optimizer(makeOptimizer(optimizer as Case), options);
}

/** Rules that are not elementwise add up many values, in an order that the backend chooses. */
const LOOSE = ['Adafactor', 'Lamb', 'LARS', 'Muon', 'Prodigy', 'SAM'];

export const toleranceOf = ({ class_name }: Case): number =>
  LOOSE.includes(class_name) ? 1e-5 : 1e-6;

/** Where a weight happens to come close to 0, its own size says nothing about what was added up before. */
const SMALLEST_SCALE = 0.1;

/** The largest error of a run, relative to the largest value of its variable. */
export function errorOf({ variables }: Fixture, actual: number[], expected: number[]): number {
  let start = 0;
  let worst = actual.length === expected.length ? 0 : Infinity;
  for (const spec of variables) {
    const wanted = expected.slice(start, start + sizeOf(spec));
    const scale = Math.max(SMALLEST_SCALE, ...wanted.map(Math.abs));
    for (const [i, value] of wanted.entries()) {
      const error = Math.abs((actual[start + i] as number) - value) / scale;
      worst = error <= worst ? worst : error;
    }
    start += sizeOf(spec);
  }
  return worst;
}
