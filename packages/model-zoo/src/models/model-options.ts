// What every model of the zoo is asked for, with Keras's defaults and Keras's checks.

import { invalidArgument } from '@graftjs/core';
import { activationOf, type ClassifierActivation } from './classifier-activation.js';
import type { WeightsOptions } from '../weights/weights-provider.js';
import { imageShape, type ImageShape, type InputRules } from './image-shape.js';

/**
 * Where weights come from: `imagenet`, the path or URL of a file that Keras wrote, its bytes as a Blob, or null for random
 * ones.
 */
export type WeightsSource = string | URL | Blob | null;

/** How features of an image become one list: their mean over the image, their largest, or (null) not at all. */
export type Pooling = 'avg' | 'max' | null;

/** The options that all models have, and those of the search for published weights. */
export interface ModelOptions extends WeightsOptions {
  /** Whether the model ends in its classifier. Default true; without it, it gives features. */
  includeTop?: boolean;
  /** Default `imagenet`. */
  weights?: WeightsSource;
  /**
   * [height, width, channels]. Default: the size that the model was made for; without the top `[null, null, 3]`, images of
   * any size. With the top both must be known; ImageNet's weights need 3 channels.
   */
  inputShape?: ImageShape;
  /** Without the top: what becomes of the features. Default null. */
  pooling?: Pooling;
  /** With the top: the number of outputs. Default 1000, which ImageNet's weights need. */
  classes?: number;
  /** With the top: what it ends in; null for logits. Default `softmax`; with loaded weights this or null. */
  classifierActivation?: ClassifierActivation | null;
  /** The model's name. Default: Keras's. */
  name?: string;
}

/** The options of a model, checked and complete, but for its name. */
export interface ModelSettings {
  readonly includeTop: boolean;
  readonly weights: WeightsSource;
  readonly inputShape: ImageShape;
  readonly pooling: Pooling;
  readonly classes: number;
  readonly classifierActivation: ClassifierActivation;
}

/**
 * @throws GraftError where Keras raises a ValueError, and for values that it passes over or fails on later: an unknown
 *   `pooling`, a number of classes that is none
 */
export function modelSettings(options: ModelOptions, rules: InputRules): ModelSettings {
  const { includeTop = true, weights = 'imagenet', pooling = null, classes = 1000 } = options;
  const classifierActivation = nameOf(options.classifierActivation);
  const isImagenet = weights === 'imagenet';
  if (typeof includeTop !== 'boolean') {
    throw invalidArgument('includeTop', 'true or false', includeTop);
  }
  if (!isSource(weights)) {
    throw invalidArgument('weights', '"imagenet", a path, a URL, a Blob or null', weights);
  }
  if (pooling !== null && pooling !== 'avg' && pooling !== 'max') {
    throw invalidArgument('pooling', '"avg", "max" or null', pooling);
  }
  if (!(Number.isSafeInteger(classes) && classes > 0)) {
    throw invalidArgument('classes', 'a positive integer', classes);
  }
  if (isImagenet && includeTop && classes !== 1000) {
    throw invalidArgument('classes', '1000 with the top and the weights of imagenet', classes);
  }
  activationOf(classifierActivation);
  if (includeTop && weights !== null && !['softmax', 'linear'].includes(classifierActivation)) {
    const rule = '"softmax" or null with loaded weights';
    throw invalidArgument('classifierActivation', rule, classifierActivation);
  }
  const inputShape = imageShape(options.inputShape, { includeTop, isImagenet }, rules);
  return { includeTop, weights, inputShape, pooling, classes, classifierActivation };
}

function nameOf(activation: ClassifierActivation | null = 'softmax'): ClassifierActivation {
  return activation ?? 'linear';
}

function isSource(value: unknown): value is WeightsSource {
  if (value === null || (typeof value === 'string' && value !== '')) return true;
  return value instanceof URL || value instanceof Blob;
}
