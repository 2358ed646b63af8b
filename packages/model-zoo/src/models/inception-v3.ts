// InceptionV3: branches with kernels of several sizes, the large ones factored. Szegedy et al., arXiv:1512.00567.

import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { createModel } from './create-model.js';
import { classify, pool } from './head.js';
import { branch, concatenate, type Convolution, maxPool, mixedMean, stem } from './inception.js';
import type { ModelOptions, ModelSettings } from './model-options.js';
import type { Network } from './network.js';

/** 35 × 35: kernels of 1, 5, and twice 3. */
function wide(net: Network, x: SymbolicTensor, pooled: number, name: string): SymbolicTensor {
  const branches = [
    branch(net, x, [64, 1]),
    branch(net, x, [48, 1], [64, 5]),
    branch(net, x, [64, 1], [96, 3], [96, 3]),
    mixedMean(net, x, pooled),
  ];
  return concatenate(net, branches, name);
}

/** 35 × 35 to 17 × 17. */
function halveWide(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  const branches = [
    branch(net, x, [384, 3, 'halve']),
    branch(net, x, [64, 1], [96, 3], [96, 3, 'halve']),
    maxPool(net, x),
  ];
  return concatenate(net, branches, name);
}

/** 17 × 17: kernels of 7 as rows and columns, at first of fewer channels. */
function middle(net: Network, x: SymbolicTensor, narrow: number, name: string): SymbolicTensor {
  const row: Convolution = [narrow, [1, 7]];
  const column: Convolution = [narrow, [7, 1]];
  const branches = [
    branch(net, x, [192, 1]),
    branch(net, x, [narrow, 1], row, [192, [7, 1]]),
    branch(net, x, [narrow, 1], column, row, column, [192, [1, 7]]),
    mixedMean(net, x, 192),
  ];
  return concatenate(net, branches, name);
}

/** 17 × 17 to 8 × 8. */
function halveMiddle(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  const branches = [
    branch(net, x, [192, 1], [320, 3, 'halve']),
    branch(net, x, [192, 1], [192, [1, 7]], [192, [7, 1]], [192, 3, 'halve']),
    maxPool(net, x),
  ];
  return concatenate(net, branches, name);
}

/** 8 × 8: kernels of 3 as a row beside a column. */
function small(net: Network, x: SymbolicTensor, number: 9 | 10): SymbolicTensor {
  const by1 = branch(net, x, [320, 1]);
  const once = branch(net, x, [384, 1]);
  const by3 = [branch(net, once, [384, [1, 3]]), branch(net, once, [384, [3, 1]])];
  const cross = concatenate(net, by3, `mixed9_${number - 9}`);
  const twice = branch(net, x, [448, 1], [384, 3]);
  const by3Twice = [branch(net, twice, [384, [1, 3]]), branch(net, twice, [384, [3, 1]])];
  const crossTwice = concatenate(net, by3Twice, net.autoName('concatenate'));
  return concatenate(net, [by1, cross, crossTwice, mixedMean(net, x, 192)], `mixed${number}`);
}

function build(net: Network, settings: ModelSettings): SymbolicTensor {
  let x = stem(net);
  for (const [i, pooled] of [32, 64, 64].entries()) x = wide(net, x, pooled, `mixed${i}`);
  x = halveWide(net, x, 'mixed3');
  for (const [i, narrow] of [128, 160, 160, 192].entries()) {
    x = middle(net, x, narrow, `mixed${4 + i}`);
  }
  x = halveMiddle(net, x, 'mixed8');
  x = small(net, small(net, x, 9), 10);
  if (!settings.includeTop) return pool(net, x, settings.pooling);
  return classify(net, pool(net, x, 'avg', { avg: 'avg_pool' }), settings);
}

/**
 * InceptionV3: 23,851,784 parameters. Images of 299 × 299 pixels or another size from 75 on, preprocessed in the mode `tf`.
 *
 * @returns a model from [batch, height, width, 3] to [batch, classes]; without the top to features of 2048 channels, 8 × 8
 *   of them at the standard size, or [batch, 2048] with `pooling`
 * @throws GraftError when an option is not allowed, or the weights cannot be had
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { inceptionV3 } from '@graftjs/model-zoo';
 * const model = await inceptionV3({ weights: null, includeTop: false, pooling: 'avg' });
 * console.log(model.outputs[0].shape); // [null, 2048]
 */
export function inceptionV3(options: ModelOptions = {}): Promise<LayersModel> {
  const rules = { defaultSize: 299, minSize: 75 };
  return createModel({ model: 'inceptionV3', name: 'inception_v3', ...rules, build }, options);
}
