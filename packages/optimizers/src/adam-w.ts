// AdamW: Adam with decoupled weight decay.

import { invalidArgument } from '@graftjs/core';
import { adamRule, type AdamOptions } from './adam.js';
import { momentumOver } from './momentum.js';
import { SimpleOptimizer } from './rule-optimizer.js';

/**
 * Adam whose weights decay by η·λ before each update; `weightDecay` λ defaults to 0.004, as in Keras. Biases and the scales
 * of normalizations do not decay unless `decays` is `all`, which is what Keras does.
 *
 * Source: Loshchilov and Hutter 2019, "Decoupled Weight Decay Regularization".
 *
 * @throws GraftError as Adam does, and where `weightDecay` is null
 * @example
 * model.compile({ optimizer: new AdamW({ learningRate: 1e-3, weightDecay: 0.05 }), loss: 'meanSquaredError' });
 */
export class AdamW extends SimpleOptimizer {
  static readonly className = 'GraftAdamW';

  constructor({
    learningRate = 0.001,
    weightDecay = 0.004,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-7,
    amsgrad = false,
    ...options
  }: AdamOptions = {}) {
    if (weightDecay === null) throw invalidArgument('weightDecay', 'a number', weightDecay);
    const own = { beta1, beta2, epsilon, amsgrad };
    const beta1At = momentumOver({ beta1 }, options);
    super(adamRule({ ...own, beta1At }), own, { learningRate, weightDecay, ...options });
  }
}
