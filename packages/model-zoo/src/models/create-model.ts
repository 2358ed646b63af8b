// From options to a model: check, build, load weights. Every model of the zoo comes to be here.

import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { loadZooWeights } from '../weights/load-zoo-weights.js';
import type { WeightsOptions } from '../weights/weights-provider.js';
import type { InputRules } from './image-shape.js';
import { type ModelOptions, type ModelSettings, modelSettings } from './model-options.js';
import { Network } from './network.js';
import type { ModelName } from './registry.js';

/** What a file of a family says about one of its models. */
export interface Architecture extends InputRules {
  /** The function that makes it, as exported. */
  readonly model: ModelName;
  /** Keras's name of the model. */
  readonly name: string | ((settings: ModelSettings) => string);
  /** Adds the layers, from `net.input` on, and gives the last one's output. */
  readonly build: (net: Network, settings: ModelSettings) => SymbolicTensor;
  /** The width multiplier, where weights are published for some. */
  readonly alpha?: number;
}

/** What weights are to be loaded for. */
export interface WeightsRequest {
  /** The function that made the model: `resNet50`. */
  readonly model: ModelName;
  readonly weights: Exclude<ModelSettings['weights'], null>;
  readonly includeTop: boolean;
  /** Where the model has a width multiplier. */
  readonly alpha?: number;
  /** Where to look, and how to follow it. */
  readonly options: WeightsOptions;
}

/**
 * Builds a model and gives it weights. It is not compiled.
 *
 * Building needs no waiting and random weights are there at once; models are promised all the same, so that no caller
 * has to care where weights come from.
 *
 * @throws GraftError when an option is not allowed, or the weights cannot be had; nothing is kept then
 */
export async function createModel(
  architecture: Architecture,
  options: ModelOptions,
): Promise<LayersModel> {
  const settings = modelSettings(options, architecture);
  const { weights, includeTop } = settings;
  const net = new Network(settings.inputShape, { startsEmpty: weights !== null });
  const output = architecture.build(net, settings);
  const { name, model, alpha } = architecture;
  const made = net.finish(
    output,
    options.name ?? (typeof name === 'string' ? name : name(settings)),
  );
  if (weights === null) return made;
  try {
    const request = { model, weights, includeTop, options };
    await loadZooWeights(made, alpha === undefined ? request : { ...request, alpha });
    return made;
  } catch (error) {
    made.dispose();
    throw error;
  }
}
