// What is known of a layer class in both languages, and the settings that several classes share.

import { registerLayers } from '@graftjs/layers';
import type { layers } from '@tensorflow/tfjs-layers';
import { type Config, type Fields, flag, only } from '../fields.js';
import { activation, constraint, initializer, regularizer } from '../objects.js';

export type Layer = layers.Layer;

/** A layer in both languages. */
export interface LayerClass {
  /** Without `name`, `trainable` and `dtype`, which all layers have. */
  readonly fields: Fields;
  /** Keras calls it with a list of tensors, even if it holds one. */
  readonly takesList: boolean;
  /** Whether Keras's class takes `trainable`. */
  readonly takesTrainable: boolean;
  /** How Keras calls it, where that is not with one tensor or list of tensors. */
  readonly call?: CallForm;
  /** Where Keras finds the class, if not among its layers. */
  readonly module?: string;
  make(args: unknown): Layer;
  /** The layer's config in tfjs-layers. */
  configOf(layer: Layer): Config;
}

/** A call with several arguments. */
export interface CallForm {
  /** The names of its tensors in Keras, in the order in which the layer here takes them as a list. Default: one list. */
  readonly tensors?: readonly string[];
  /** The name of further tensors, a list or one, that the layer here takes behind its input. */
  readonly states?: string;
  /** The tensor that stands for another one that is not given. */
  readonly standIns?: Readonly<Record<string, string>>;
  /** What Keras sets in a call and the layer here for all of its calls. */
  readonly settings: Fields;
}

/** By Keras's class name. */
export type LayerClasses = Readonly<Record<string, LayerClass>>;

export function entry<Args>(
  factory: (args: Args) => Layer,
  fields: Fields,
  rest: Partial<LayerClass> = {},
): LayerClass {
  return {
    fields,
    takesList: false,
    takesTrainable: true,
    make(args) {
      // Whoever clones the model or saves it by tfjs-layers' own means has tfjs-layers find our classes.
      registerLayers();
      return factory(args as Args);
    },
    configOf: (layer) => layer.getConfig(),
    ...rest,
  };
}

/** A weight's initializer, regularizer and constraint. */
export function weight(name: string, standardInitializer: string): Fields {
  return {
    [`${name}_initializer`]: initializer(standardInitializer),
    [`${name}_regularizer`]: regularizer,
    [`${name}_constraint`]: constraint,
  };
}

/** What Dense and the convolutions share. */
export const affine: Fields = {
  activation,
  use_bias: flag,
  ...weight('bias', 'Zeros'),
  // tfjs-layers accepts one and never applies it.
  activity_regularizer: only(null),
};
