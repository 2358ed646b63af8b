// What a classifier may end in: Keras's activations by name, as tfjs-layers or @graftjs/layers have them.

import { invalidArgument } from '@graftjs/core';
import { type ActivationName, activationNames, kerasActivation } from '@graftjs/layers';
import type { layers } from '@tensorflow/tfjs-layers';

type Identifier = NonNullable<Parameters<typeof layers.activation>[0]['activation']>;

/** Those of tfjs-layers that compute what Keras's do. */
const stock = {
  ...{ elu: 'elu', gelu: 'gelu', linear: 'linear', mish: 'mish', relu: 'relu', relu6: 'relu6' },
  ...{ selu: 'selu', sigmoid: 'sigmoid', silu: 'swish', softmax: 'softmax', softplus: 'softplus' },
  ...{ softsign: 'softsign', tanh: 'tanh' },
} as const satisfies Record<string, Identifier>;

/** An activation by Keras's name. */
export type ClassifierActivation = keyof typeof stock | ActivationName;

/**
 * The `activation` of a layer of tfjs-layers.
 *
 * @throws GraftError when there is none of this name
 */
export function activationOf(name: ClassifierActivation): Identifier {
  if (isStock(name)) return stock[name];
  if (activationNames.includes(name)) return kerasActivation(name);
  const names = [...Object.keys(stock), ...activationNames].join(', ');
  throw invalidArgument('classifierActivation', `null or one of ${names}`, name);
}

function isStock(name: string): name is keyof typeof stock {
  return Object.hasOwn(stock, name);
}
