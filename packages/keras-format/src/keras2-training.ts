// How a Keras 2 file says that its model is trained, in Keras 3's terms. Knows no tfjs.

import { type Config, isRecord } from './fields.js';
import type { NamedArray, StoredOptimizer, StoredTraining } from './keras-model.js';

/**
 * The slots of Keras 2's optimizers in Keras 3's order, and the rate as a variable. What is malformed, or unknown, is left
 * as it is: whoever fits it to a model will say so.
 */
export function upgradeTraining({ compiled, optimizer }: StoredTraining): StoredTraining {
  if (!isRecord(compiled) || !isRecord(compiled.optimizer)) return { compiled };
  const { class_name: className, config } = compiled.optimizer;
  if (typeof className !== 'string' || !isRecord(config)) return { compiled, ...stored(optimizer) };
  // As someone else's class Keras 2.11 and later list their own.
  const plain = className.replace(/^Custom>/, '');
  const name = understood.includes(plain) ? plain : `${plain} of Keras 2`;
  const upgraded = upgradeConfig(config);
  return {
    compiled: { ...compiled, optimizer: { class_name: name, config: upgraded } },
    ...stored(optimizer && upgradeOptimizer(name, config, upgraded.learning_rate, optimizer)),
  };
}

/** Those whose slots stand as `upgradeSlots` takes them; of the others Keras 2 keeps other ones, or in another order. */
const understood = [
  ...['SGD', 'RMSprop', 'Adam', 'AdamW', 'Adagrad', 'Adadelta', 'Adamax', 'Ftrl', 'Lion'],
];

const stored = (optimizer: StoredOptimizer | undefined) => (optimizer ? { optimizer } : {});

/** Until Keras 2.11 a rate could decay by a setting of the optimizer's, and was called `lr` at first. */
function upgradeConfig({ lr, decay, ...config }: Config): Config {
  const rate = config.learning_rate ?? lr;
  if (typeof decay !== 'number' || decay === 0) return { ...config, learning_rate: rate };
  const schedule = { initial_learning_rate: rate, decay_steps: 1, decay_rate: decay };
  return { ...config, learning_rate: { class_name: 'InverseTimeDecay', config: schedule } };
}

function upgradeOptimizer(
  name: string,
  config: Config,
  rate: unknown,
  { iterations, variables }: StoredOptimizer,
): StoredOptimizer {
  const slots = upgradeSlots(name, config, variables);
  const rates =
    typeof rate === 'number'
      ? [{ name: 'learning_rate', shape: [], data: Float32Array.of(rate) }]
      : [];
  return { iterations, variables: [...rates, ...slots] };
}

function upgradeSlots(
  name: string,
  config: Config,
  variables: readonly NamedArray[],
): readonly NamedArray[] {
  // Some versions keep momenta of plain descent, which stay zero.
  if (name === 'SGD' && config.momentum === 0) return [];
  // The optimizers until Keras 2.11, which are those that can decay, list slot by slot.
  const isLegacy = 'decay' in config;
  if (!isLegacy) return variables;
  if (name === 'Adam') return interleaved(config, variables);
  return name === 'Adamax' || name === 'Adadelta' ? pairs(variables) : variables;
}

/** m, m, …, u, u, … → m, u, m, u, … */
function pairs(variables: readonly NamedArray[]): readonly NamedArray[] {
  const half = variables.length / 2;
  if (!Number.isInteger(half)) return variables;
  return variables.slice(0, half).flatMap((first, i) => [first, variables[half + i] as NamedArray]);
}

/** m, m, …, v, v, … → m, v, m, v, … */
function interleaved({ amsgrad }: Config, variables: readonly NamedArray[]): NamedArray[] {
  // Without AMSGrad, Keras without TensorFlow keeps a single number for each v̂.
  const isPlaceholder = ({ shape }: NamedArray) => amsgrad !== true && shape.join() === '1';
  const third = variables.length / 3;
  const hasPlaceholders = third > 0 && variables.slice(-Math.floor(third)).every(isPlaceholder);
  const count = hasPlaceholders || amsgrad === true ? third : variables.length / 2;
  if (!Number.isInteger(count)) return [...variables];
  const moments = Array.from({ length: count }, (_, i) => [variables[i], variables[count + i]]);
  const rest = amsgrad === true ? variables.slice(2 * count) : [];
  return [...moments.flat().filter((array) => array !== undefined), ...rest];
}
