// The state of a run: what the rest of it depends on, taken between two batches and put back into another process.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  generatorsOf,
  GraftError,
  isResumable,
  isRuleDriven,
  modelWeights,
  type Callback,
  type Dataset,
  type RunPosition,
  type State,
} from '@graftjs/core';
import type { History } from './history.js';
import type { ModelStep } from './make-step.js';
import type { SavedTotals } from './running-totals.js';

/** What a state is taken from and put back into. */
export interface RunParts {
  readonly model: LayersModel;
  readonly optimizer: tf.Optimizer;
  readonly step: ModelStep;
  readonly data: Dataset;
  readonly validation: Dataset | undefined;
  readonly callbacks: readonly Callback[];
  readonly history: History;
}

/** Where a run is, and what belongs to that. */
export interface RunPlace extends RunPosition {
  /** Totals over the batches of the epoch that are done; null where there are none. */
  readonly totals: SavedTotals | null;
  /** The state of the data before the epoch. */
  readonly data: State;
  /** Whether a callback has asked for the end. */
  readonly stopped: boolean;
}

interface NamedTensor {
  readonly name: string;
  readonly tensor: tf.Tensor;
}

export interface RunState extends RunPlace {
  readonly format: typeof FORMAT;
  readonly weights: readonly NamedTensor[];
  readonly optimizer: {
    readonly className: string;
    /** Null where it is a schedule, which follows from the number of updates. */
    readonly rate: number | null;
    readonly weights: readonly NamedTensor[];
  };
  readonly set: { readonly batches: number; readonly examples: number };
  readonly validation: State;
  readonly dropout: State;
  readonly generators: readonly State[];
  readonly callbacks: readonly State[];
  readonly logs: Readonly<Record<string, readonly number[]>>;
}

const FORMAT = 'graft run 1';

/**
 * Tensors of the state are the caller's to dispose.
 *
 * @throws GraftError for data that cannot go on from a state
 */
export async function saveRun(parts: RunParts, place: RunPlace): Promise<State> {
  const { model, optimizer, step, data, validation, callbacks, history } = parts;
  if (!isResumable(data)) {
    throw new GraftError(
      'data must have saveState and restoreState, for a run to go on from where it was: see Dataset in @graftjs/core',
    );
  }
  step.synchronise();
  const state: RunState = {
    ...place,
    format: FORMAT,
    weights: variablesOf(model).map((variable) => ({
      name: variable.name,
      tensor: tf.clone<tf.Tensor>(variable),
    })),
    optimizer: {
      className: optimizer.getClassName(),
      rate: constantRate(optimizer),
      weights: await optimizerWeights(optimizer),
    },
    set: { batches: data.batches, examples: data.examples },
    validation: await stateOf(validation),
    dropout: await stateOf(step.dropout),
    generators: await inOrder(generatorsOf(model), stateOf),
    callbacks: await inOrder(callbacks, stateOf),
    logs: history.logs,
  };
  return state as unknown as State;
}

/** Puts a state back, and leaves its tensors to the caller. */
export async function restoreRun(parts: RunParts, saved: RunState): Promise<void> {
  const { model, optimizer, step, data, validation, callbacks, history } = parts;
  const variables = variablesOf(model);
  const current = new Map(saved.weights.map(({ name }, i) => [name, variables[i]?.name]));
  for (const [i, variable] of variables.entries()) {
    variable.assign((saved.weights[i] as NamedTensor).tensor);
  }
  await optimizer.setWeights(
    // The same layers may have other names here.
    saved.optimizer.weights.map(({ name, tensor }) => {
      const slash = name.lastIndexOf('/');
      const variable = current.get(name.slice(0, Math.max(slash, 0)));
      return { name: variable === undefined ? name : variable + name.slice(slash), tensor };
    }),
  );
  if (saved.optimizer.rate !== null && isRuleDriven(optimizer)) {
    optimizer.learningRate = saved.optimizer.rate;
  }
  await putBack(data, saved.data);
  await putBack(validation, saved.validation);
  await putBack(step.dropout, saved.dropout);
  for (const [i, each] of generatorsOf(model).entries())
    await putBack(each, saved.generators[i] ?? null);
  for (const [i, each] of callbacks.entries()) await putBack(each, saved.callbacks[i] ?? null);
  for (const [name, values] of Object.entries(saved.logs)) history.logs[name] = [...values];
}

/** @throws GraftError for a state that is not of such a run */
export function checkRunState(parts: RunParts, state: State): RunState {
  const { model, optimizer, data, callbacks } = parts;
  const variables = variablesOf(model);
  const saved = state as unknown as RunState | null;
  if (saved?.format !== FORMAT) throw new GraftError('the state is not that of a run');
  const shapes = (list: readonly tf.Tensor[]) => list.map(({ shape }) => `[${shape}]`).join(' ');
  const pairs: [string, string | number, string | number][] = [
    ['weights of the shapes', shapes(saved.weights.map((w) => w.tensor)), shapes(variables)],
    ['the optimizer', saved.optimizer.className, optimizer.getClassName()],
    ['batches in an epoch:', saved.set.batches, data.batches],
    ['examples:', saved.set.examples, data.examples],
    ['callbacks:', saved.callbacks.length, callbacks.length],
  ];
  for (const [what, then, now] of pairs) {
    if (then === now) continue;
    throw new GraftError(
      `the state is that of another run. It has ${what} ${brief(then)}; here: ${brief(now)}`,
    );
  }
  return saved;
}

function brief(value: string | number): string {
  const text = String(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function variablesOf(model: LayersModel): tf.Variable[] {
  const { trainable, states } = modelWeights(model);
  return [...trainable, ...states];
}

function constantRate(optimizer: tf.Optimizer): number | null {
  const rate = isRuleDriven(optimizer) ? optimizer.learningRate : null;
  return typeof rate === 'number' ? rate : null;
}

async function optimizerWeights(optimizer: tf.Optimizer): Promise<NamedTensor[]> {
  // The count is a new tensor at each call, the others are the optimizer's own.
  const [count, ...slots] = await optimizer.getWeights();
  const clones = slots.map(({ name, tensor }) => ({ name, tensor: tf.clone(tensor) }));
  return count ? [count, ...clones] : clones;
}

async function stateOf(part: object | undefined): Promise<State> {
  return part && isResumable(part) ? part.saveState() : null;
}

async function putBack(part: object | undefined, state: State): Promise<void> {
  if (part && isResumable(part)) await part.restoreState(state);
}

async function inOrder<T>(
  list: readonly T[],
  ask: (each: T) => Promise<State>,
): Promise<readonly State[]> {
  const states: State[] = [];
  for (const each of list) states.push(await ask(each));
  return states;
}
