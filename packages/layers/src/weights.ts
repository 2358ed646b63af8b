// What a layer's weight is made with: its initializer, regularizer and constraint, from arguments and as config.

import type { serialization } from '@tensorflow/tfjs-core';
import {
  type constraints,
  type initializers,
  layers,
  type regularizers,
} from '@tensorflow/tfjs-layers';

type DenseArgs = Parameters<typeof layers.dense>[0];

/** By name, as an object of tfjs-layers, or (in a saved model) as its config. */
export type InitializerArgument = NonNullable<DenseArgs['kernelInitializer']>;
export type RegularizerArgument = NonNullable<DenseArgs['kernelRegularizer']>;
export type ConstraintArgument = NonNullable<DenseArgs['kernelConstraint']>;
export type ActivationArgument = NonNullable<DenseArgs['activation']>;

export interface WeightSettings {
  readonly initializer: ReturnType<typeof initializers.ones>;
  readonly regularizer: ReturnType<typeof regularizers.l1>;
  readonly constraint: ReturnType<typeof constraints.nonNeg>;
}

/** A layer's activation function: `layers.activation` has one. */
export type Activation = ReturnType<typeof layers.activation>['activation'];

/** What `args` say about the weight `name`: `gammaInitializer`, `gammaRegularizer` and `gammaConstraint` for gamma. */
export function weightSettings(
  name: string,
  args: object,
  standardInitializer: InitializerArgument,
): WeightSettings {
  const given = (kind: string): unknown => Reflect.get(args, `${name}${kind}`) as unknown;
  const settings = {
    kernelInitializer: given('Initializer') ?? standardInitializer,
    kernelRegularizer: given('Regularizer'),
    kernelConstraint: given('Constraint'),
  };
  // Only a layer of tfjs-layers resolves names and configs; the functions for that are not exported.
  const dense = layers.dense({ ...(settings as Partial<DenseArgs>), units: 1, name: 'settings' });
  const read = <T>(property: string) => Reflect.get(dense, property) as T;
  return {
    initializer: read('kernelInitializer'),
    regularizer: read('kernelRegularizer'),
    constraint: read('kernelConstraint'),
  };
}

/** The settings of the weight `name` as `getConfig` gives them. */
export function weightConfig(name: string, settings: WeightSettings): serialization.ConfigDict {
  return {
    [`${name}Initializer`]: objectConfig(settings.initializer),
    [`${name}Regularizer`]: objectConfig(settings.regularizer),
    [`${name}Constraint`]: objectConfig(settings.constraint),
  };
}

/** A name or a config as the function that it means. */
export function activationOf(argument: ActivationArgument | undefined): Activation {
  return layers.activation({ activation: argument ?? 'linear', name: 'settings' }).activation;
}

/** An initializer or its kin as `getConfig` gives it. */
export function objectConfig(
  object: serialization.Serializable | null,
): serialization.ConfigDict | null {
  return object && { className: object.getClassName(), config: object.getConfig() };
}
