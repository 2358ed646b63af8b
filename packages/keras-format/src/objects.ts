// Initializers, regularizers, constraints and activations in both languages.

import { GraftError, invalidArgument } from '@graftjs/core';
import {
  activationNames,
  kerasActivation,
  orthogonal,
  orthogonalRegularizer,
} from '@graftjs/layers';
import { constraints, initializers, regularizers } from '@tensorflow/tfjs-layers';
import {
  axes,
  type Field,
  type Fields,
  fromKeras,
  isRecord,
  real,
  seed,
  toKeras,
  word,
} from './fields.js';

interface ObjectClass {
  readonly fields: Fields;
  make(args: unknown): unknown;
}

/** A class by the factory of tfjs-layers that makes it. */
function made<Args>(factory: (args: Args) => unknown, fields: Fields): ObjectClass {
  return { fields, make: (args) => factory(args as Args) };
}

const seeded = { seed };

/** The variance-scaling kin all report themselves to be VarianceScaling, and are written so. */
const initializerClasses: Readonly<Record<string, ObjectClass>> = {
  Zeros: made(initializers.zeros, {}),
  Ones: made(initializers.ones, {}),
  Constant: made(initializers.constant, { value: real }),
  RandomNormal: made(initializers.randomNormal, { mean: real, stddev: real, seed }),
  RandomUniform: made(initializers.randomUniform, { minval: real, maxval: real, seed }),
  TruncatedNormal: made(initializers.truncatedNormal, { mean: real, stddev: real, seed }),
  VarianceScaling: made(initializers.varianceScaling, {
    scale: real,
    mode: word({ fan_in: 'fanIn', fan_out: 'fanOut', fan_avg: 'fanAvg' }),
    // What tfjs calls normal is truncated; it has no other.
    distribution: word({
      truncated_normal: 'normal',
      untruncated_normal: 'normal',
      uniform: 'uniform',
    }),
    seed,
  }),
  GlorotUniform: made(initializers.glorotUniform, seeded),
  GlorotNormal: made(initializers.glorotNormal, seeded),
  HeUniform: made(initializers.heUniform, seeded),
  HeNormal: made(initializers.heNormal, seeded),
  LecunUniform: made(initializers.leCunUniform, seeded),
  LecunNormal: made(initializers.leCunNormal, seeded),
  Orthogonal: made(orthogonal, { gain: real, seed }),
  Identity: made(initializers.identity, { gain: real }),
};

const regularizerClasses: Readonly<Record<string, ObjectClass>> = {
  L1L2: made(regularizers.l1l2, { l1: real, l2: real }),
  L1: made(regularizers.l1, { l1: real }),
  L2: made(regularizers.l2, { l2: real }),
  OrthogonalRegularizer: made(orthogonalRegularizer, {
    factor: real,
    mode: word({ rows: 'rows', columns: 'columns' }),
  }),
};

const constraintClasses: Readonly<Record<string, ObjectClass>> = {
  MaxNorm: made(constraints.maxNorm, { max_value: real, axis: axes }),
  UnitNorm: made(constraints.unitNorm, { axis: axes }),
  NonNeg: made(constraints.nonNeg, {}),
  MinMaxNorm: made(constraints.minMaxNorm, {
    min_value: real,
    max_value: real,
    rate: real,
    axis: axes,
  }),
};

/** An initializer; `standard` is Keras's class where its config names none, since the defaults of tfjs differ. */
export const initializer = (standard: string): Field =>
  object('keras.initializers', initializerClasses, { class_name: standard, config: {} });

export const regularizer = object('keras.regularizers', regularizerClasses, null);
export const constraint = object('keras.constraints', constraintClasses, null);

/** 0.2 x + 0.5 within [0, 1], which Keras 3 lacks: its function of this name is relu6(x + 3) / 6. */
export const hardSigmoidOfKeras2 = 'hard_sigmoid of Keras 2';

/** Those of tfjs-layers that compute the same. */
const stockActivations = {
  linear: 'linear',
  relu: 'relu',
  relu6: 'relu6',
  elu: 'elu',
  selu: 'selu',
  silu: 'swish',
  gelu: 'gelu',
  mish: 'mish',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  softplus: 'softplus',
  softsign: 'softsign',
  softmax: 'softmax',
  log_softmax: 'logSoftmax',
};

/** The activations of this name; a function, since to be found by a layer each of ours has to be registered. */
const activations = () =>
  word({
    ...stockActivations,
    ...Object.fromEntries(activationNames.map((name) => [name, kerasActivation(name)])),
  });

export const activation: Field = {
  fromKeras: (value, where) =>
    value === hardSigmoidOfKeras2
      ? 'hardSigmoid'
      : activations().fromKeras(value ?? 'linear', where),
  toKeras: (value, where) => {
    if (value === 'hardSigmoid') {
      throw new GraftError(`${where} is ${hardSigmoidOfKeras2}, which Keras 3 lacks`);
    }
    return activations().toKeras(value ?? 'linear', where);
  },
};

function object(
  module: string,
  classes: Readonly<Record<string, ObjectClass>>,
  standard: unknown,
): Field {
  return {
    fromKeras(value, where) {
      const given = value === undefined ? standard : value;
      if (given === null) return undefined;
      if (!isRecord(given) || typeof given.class_name !== 'string' || !isRecord(given.config)) {
        throw invalidArgument(where, 'an object with class_name and config', value);
      }
      const { class_name: name, config } = given;
      if (!Object.hasOwn(classes, name)) throw unsupported(where, name, classes);
      const found = classes[name];
      return found?.make(fromKeras(found.fields, config, where));
    },
    toKeras(value, where) {
      if (value == null) return null;
      const { className, config } = value as { className: string; config: object };
      const name = className.replace(/^Graft/, '');
      const found = Object.hasOwn(classes, name) ? classes[name] : undefined;
      if (!found) throw unsupported(where, name, classes);
      return {
        module,
        class_name: name,
        config: toKeras(found.fields, { ...config }, where),
        registered_name: null,
      };
    },
  };
}

function unsupported(where: string, name: string, classes: object): GraftError {
  const known = Object.keys(classes).join(', ');
  return new GraftError(`${where} is of class ${name}, which is not supported (known: ${known})`);
}
