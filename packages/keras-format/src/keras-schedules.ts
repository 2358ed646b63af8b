// Learning-rate schedules in both languages: Keras's objects and those of @graftjs/schedules that compute the same.

import { GraftError, isGraftError, type Schedule } from '@graftjs/core';
import { fromConfig, type ScheduleConfig } from '@graftjs/schedules';
import { type Config, isRecord } from './fields.js';
import { Float } from './json.js';

/** Keras's class and its settings. */
type Written = readonly [className: string, config: Config];

/** Of a whole rate, such as 0, Keras would compute a schedule of integers. */
const float = (value: unknown) => new Float(value as number);

/** By our name: what Keras has for these options, if anything. */
const writers: Readonly<Record<string, (options: Config) => Written | undefined>> = {
  exponential: ({ initialRate, decaySteps, decayRate, staircase }) => [
    'ExponentialDecay',
    {
      initial_learning_rate: float(initialRate),
      decay_steps: decaySteps,
      decay_rate: decayRate,
      staircase,
    },
  ],
  piecewiseConstant: ({ boundaries, values }) => [
    'PiecewiseConstantDecay',
    { boundaries, values: (values as number[]).map(float) },
  ],
  polynomial: ({ initialRate, decaySteps, finalRate, exponent, cycle }) => [
    'PolynomialDecay',
    {
      initial_learning_rate: float(initialRate),
      decay_steps: decaySteps,
      end_learning_rate: float(finalRate),
      power: exponent,
      cycle,
    },
  ],
  linear: ({ initialRate, finalRate, steps }) => [
    'PolynomialDecay',
    {
      initial_learning_rate: float(initialRate),
      decay_steps: steps,
      end_learning_rate: float(finalRate),
      power: 1,
      cycle: false,
    },
  ],
  power: ({ initialRate, decaySteps, exponent }) =>
    exponent === 1
      ? [
          'InverseTimeDecay',
          {
            initial_learning_rate: float(initialRate),
            decay_steps: decaySteps,
            decay_rate: 1,
            staircase: false,
          },
        ]
      : undefined,
  cosine: (options) => cosineDecay(options, 0),
  cosineRestarts: ({ initialRate, firstPeriod, periodFactor, rateFactor, alpha }) => [
    'CosineDecayRestarts',
    {
      initial_learning_rate: float(initialRate),
      first_decay_steps: firstPeriod,
      t_mul: periodFactor,
      m_mul: rateFactor,
      alpha,
    },
  ],
  warmUp: ({ base, steps }) =>
    isRecord(base) && base.schedule === 'cosine' ? cosineDecay(base, steps as number) : undefined,
};

/** Keras counts the steps of the decay from the end of the warm-up on, as we do. */
function cosineDecay({ initialRate, decaySteps, alpha }: Config, warmUp: number): Written {
  const start = warmUp > 0 ? 0 : initialRate;
  const warmed = { warmup_target: warmUp > 0 ? float(initialRate) : null, warmup_steps: warmUp };
  return [
    'CosineDecay',
    { initial_learning_rate: float(start), decay_steps: decaySteps, alpha, ...warmed },
  ];
}

/** By Keras's class: the config of our schedule for its settings, if there is one. */
const readers: Readonly<Record<string, (settings: Config) => ScheduleConfig | undefined>> = {
  ExponentialDecay: ({ initial_learning_rate, decay_steps, decay_rate, staircase }) => ({
    schedule: 'exponential',
    initialRate: initial_learning_rate,
    decaySteps: decay_steps,
    decayRate: decay_rate,
    staircase: staircase === true,
  }),
  PiecewiseConstantDecay: ({ boundaries, values }) => ({
    schedule: 'piecewiseConstant',
    boundaries,
    values,
  }),
  PolynomialDecay: ({
    initial_learning_rate,
    decay_steps,
    end_learning_rate = 1e-4,
    power = 1,
    cycle,
  }) => ({
    schedule: 'polynomial',
    initialRate: initial_learning_rate,
    decaySteps: decay_steps,
    finalRate: end_learning_rate,
    exponent: power,
    cycle: cycle === true,
  }),
  InverseTimeDecay: ({ initial_learning_rate, decay_steps, decay_rate, staircase }) =>
    staircase === true
      ? undefined
      : {
          schedule: 'power',
          initialRate: initial_learning_rate,
          decaySteps: (decay_steps as number) / (decay_rate as number),
        },
  CosineDecayRestarts: ({
    initial_learning_rate,
    first_decay_steps,
    t_mul = 2,
    m_mul = 1,
    alpha = 0,
  }) => ({
    schedule: 'cosineRestarts',
    initialRate: initial_learning_rate,
    firstPeriod: first_decay_steps,
    periodFactor: t_mul,
    rateFactor: m_mul,
    alpha,
  }),
  CosineDecay: ({ initial_learning_rate, decay_steps, alpha = 0, warmup_target, warmup_steps }) => {
    const cosine = (initialRate: unknown) => ({
      schedule: 'cosine',
      ...{ initialRate, decaySteps: decay_steps, alpha },
    });
    if (warmup_target == null) return cosine(initial_learning_rate);
    if (warmup_steps === 0) return cosine(warmup_target);
    return initial_learning_rate === 0
      ? { schedule: 'warmUp', base: cosine(warmup_target), steps: warmup_steps }
      : undefined;
  },
};

/**
 * The object that Keras writes for a schedule, to stand as `learning_rate`; a number for a constant one.
 *
 * @throws GraftError when Keras has none that computes the same
 */
export function scheduleToKeras({ name, config }: Schedule): object | number {
  const kind = config?.schedule;
  if (kind === 'constant' && typeof config?.rate === 'number') return config.rate;
  const write = typeof kind === 'string' && Object.hasOwn(writers, kind) ? writers[kind] : null;
  const [class_name, settings] = (config && write?.(config)) ?? [];
  if (class_name === undefined) {
    const which = typeof kind === 'string' ? kind : name || 'a function';
    throw new GraftError(
      `optimizer cannot be written: Keras has no schedule that computes what its learning rate does (${which})`,
    );
  }
  const module = 'keras.optimizers.schedules';
  const named = { ...settings, name: class_name };
  return { module, class_name, config: named, registered_name: null };
}

/** The schedule for an object that Keras has written as `learning_rate`; undefined where there is none here. */
export function scheduleFromKeras(value: unknown): Schedule | undefined {
  if (!isRecord(value) || typeof value.class_name !== 'string') return undefined;
  const { class_name: name, config } = value;
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  const found = isRecord(config) ? read?.(config) : undefined;
  if (!found) return undefined;
  try {
    return fromConfig(found);
  } catch (error) {
    // Keras takes settings that ours does not, such as negative rates.
    if (isGraftError(error)) return undefined;
    throw error;
  }
}
