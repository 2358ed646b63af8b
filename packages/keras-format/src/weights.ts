// The weights of a model alone: out into a .weights.h5 file, and in from any .h5 file that Keras writes them into.

import { GraftError, invalidArgument, type RuleDrivenOptimizer, variableOf } from '@graftjs/core';
import { tensor, tidy } from '@tensorflow/tfjs-core';
import { LayersModel } from '@tensorflow/tfjs-layers';
import { type ByteSource, sourceOf } from './byte-source.js';
import { describeModel, describeTopology } from './describe-model.js';
import { matchByName, matchByOrder, matchByPlace, type WeightMatch } from './match-weights.js';
import { inOneLine } from './one-line.js';
import { restoreOptimizer } from './optimizer-state.js';
import { stateFor } from './read-training.js';
import { readWeights, type StoredWeights } from './read-weights.js';
import { describeTraining, type TrainingToSave } from './training.js';
import { findPlaces } from './var-folders.js';
import { writeVars } from './write-vars.js';

export interface LoadWeightsOptions {
  /** What to call the file in errors. */
  readonly name?: string;
  /**
   * `order` (default): every weight of the file is for one of the model, as Keras lists them. `name`: layers of the same
   * name, whatever else the file or the model has; not for `.weights.h5` files of Keras 3, which go by places.
   */
  readonly by?: 'order' | 'name';
  /** Leaves weights of other shapes as they are instead of failing; of a `.weights.h5` file, also other layers. */
  readonly skipMismatch?: boolean;
  /**
   * Goes on from the state that the file has of an optimizer: a `.weights.h5` file does, where its model was compiled. It
   * has to be of the class and with the settings that the file's was, since the file does not say whose state it is.
   */
  readonly optimizer?: RuleDrivenOptimizer;
}

/** What a file had for a model. Variables are named by path, `outer/dense/kernel`, a file's weights as there. */
export interface WeightReport {
  readonly loaded: readonly string[];
  /** Variables that kept their values since the file has none for them. */
  readonly missing: readonly string[];
  /** Weights of the file that the model has no variable for. */
  readonly unexpected: readonly string[];
  /** Variables that kept their values since those of the file have another shape. */
  readonly mismatched: readonly WeightMismatch[];
}

export interface WeightMismatch {
  readonly weight: string;
  readonly expected: readonly number[];
  readonly received: readonly number[];
}

/**
 * The bytes of a `.weights.h5` file as Keras 3 writes it: weights, and the optimizer's state where one is given. Keras
 * takes it with `model.load_weights('x.weights.h5')`.
 *
 * @throws GraftError when the model has a layer that this package does not support
 * @example
 * const bytes = await weightsToH5(model);
 */
export async function weightsToH5(
  model: LayersModel,
  training: TrainingToSave = {},
): Promise<Uint8Array> {
  const described = await describeModel(model);
  const stored = await describeTraining(model, training);
  return writeVars({ ...described, ...(stored && { training: stored }) });
}

/**
 * Loads weights into a model: from a `.weights.h5` file of Keras 3, from one of weights alone of Keras 2, with or without
 * the top, or from a whole-model `.h5` file. All of them, and the optimizer's state, are checked before the first one is
 * changed.
 *
 * @param model built, with its layers in the order in which the file's model has them, or by name
 * @returns what matched and what did not
 * @throws GraftError when the bytes are no such file, or do not fit the model
 * @example
 * const { missing } = await loadWeightsFromH5(model, bytes, { by: 'name' });
 * await loadWeightsFromH5(model, checkpoint, { optimizer: new Adam() });
 */
export async function loadWeightsFromH5(
  model: LayersModel,
  bytes: Uint8Array,
  options: LoadWeightsOptions = {},
): Promise<WeightReport> {
  return loadWeightsIn(model, sourceOf(bytes), options);
}

/** The same of a file that need not be in memory as a whole. */
export async function loadWeightsIn(
  model: LayersModel,
  source: ByteSource,
  { name = 'the file', by = 'order', skipMismatch = false, optimizer }: LoadWeightsOptions = {},
): Promise<WeightReport> {
  if (by !== 'order' && by !== 'name') throw invalidArgument('by', '"order" or "name"', by);
  if (!(model instanceof LayersModel)) throw invalidArgument('model', 'a LayersModel', model);
  const places = () => findPlaces(describeTopology(model), 'the model');
  const read = () => readWeights(source, name, places, optimizer !== undefined);
  const stored = await inOneLine(read);
  if ('vars' in stored && by === 'name') {
    throw new GraftError(`${name} says nothing of the names of its layers: by must be "order"`);
  }
  const match =
    'vars' in stored
      ? matchByPlace(model, stored.vars)
      : by === 'name'
        ? matchByName(model, stored.layers)
        : matchByOrder(model, stored.layers, name);
  const report = reportOf(match);
  if (!skipMismatch) checkFit(report, by === 'order', name);
  if (optimizer) await restore(optimizer, stored, model, name);
  const wrong = new Set(report.mismatched.map(({ weight }) => weight));
  tidy(() => {
    for (const { variable, array } of match.pairs) {
      if (wrong.has(variable.path)) continue;
      const target = variableOf(variable.variable);
      target.assign(tensor(array.data, [...array.shape], target.dtype));
    }
  });
  return report;
}

async function restore(
  optimizer: RuleDrivenOptimizer,
  stored: StoredWeights,
  model: LayersModel,
  fileName: string,
): Promise<void> {
  const state = 'vars' in stored ? stored.optimizer : undefined;
  if (!state) throw new GraftError(`${fileName} holds no state of an optimizer`);
  await restoreOptimizer(optimizer, stateFor(optimizer, state, model, fileName), model);
}

function reportOf({ pairs, missing, unexpected }: WeightMatch): WeightReport {
  const loaded: string[] = [];
  const mismatched: WeightMismatch[] = [];
  for (const { variable, array } of pairs) {
    const expected = variable.variable.shape as number[];
    if (expected.join() === array.shape.join()) loaded.push(variable.path);
    else mismatched.push({ weight: variable.path, expected, received: array.shape });
  }
  return { loaded, missing, unexpected, mismatched };
}

function checkFit(report: WeightReport, isWhole: boolean, fileName: string): void {
  const [mismatch] = report.mismatched;
  if (mismatch) {
    const { weight, expected, received } = mismatch;
    throw new GraftError(
      `the weight "${weight}" must have the shape [${expected}]. Received: [${received}] in ${fileName}`,
    );
  }
  if (!isWhole) return;
  const [missing] = report.missing;
  if (missing !== undefined) {
    throw new GraftError(`${fileName} has no fitting weights for "${missing}"`);
  }
  const [unexpected] = report.unexpected;
  if (unexpected !== undefined) {
    throw new GraftError(`${fileName} holds the weights "${unexpected}", which the model has not`);
  }
}
