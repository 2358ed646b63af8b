// InceptionResNetV2: Inception's branches as residuals. Szegedy et al., arXiv:1602.07261.

import { conv2d, customScaleLayer } from '@graftjs/layers';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { createModel } from './create-model.js';
import { classify, pool } from './head.js';
import { branch, concatenate, convolve, maxPool, mixedMean, relu, stem } from './inception.js';
import type { ModelOptions, ModelSettings } from './model-options.js';
import type { Network } from './network.js';

/** The branches of a residual block. */
type Branches = (net: Network, x: SymbolicTensor) => SymbolicTensor[];

/** 35 × 35. */
const block35: Branches = (net, x) => [
  branch(net, x, [32, 1]),
  branch(net, x, [32, 1], [32, 3]),
  branch(net, x, [32, 1], [48, 3], [64, 3]),
];

/** 17 × 17. */
const block17: Branches = (net, x) => [
  branch(net, x, [192, 1]),
  branch(net, x, [128, 1], [160, [1, 7]], [192, [7, 1]]),
];

/** 8 × 8. */
const block8: Branches = (net, x) => [
  branch(net, x, [192, 1]),
  branch(net, x, [192, 1], [224, [1, 3]], [256, [3, 1]]),
];

/** Adds what the branches find, mixed and scaled, to their input. */
function residual(
  net: Network,
  x: SymbolicTensor,
  { name, branches, scale }: { name: string; branches: Branches; scale: number },
): SymbolicTensor {
  const mixed = concatenate(net, branches(net, x), `${name}_mixed`);
  const filters = x.shape[3] as number;
  const mix = conv2d({ filters, kernelSize: 1, padding: 'same', name: `${name}_conv` });
  const scaled = customScaleLayer({ scale, name: net.autoName('custom_scale_layer') });
  return net.add(scaled, [x, net.add(mix, mixed)]);
}

/** So many residual blocks, each with a relu after it. */
function residuals(
  net: Network,
  x: SymbolicTensor,
  { kind, count, ...rest }: { kind: string; count: number; branches: Branches; scale: number },
): SymbolicTensor {
  for (let i = 1; i <= count; i++) {
    const name = `${kind}_${i}`;
    x = relu(net, residual(net, x, { name, ...rest }), `${name}_ac`);
  }
  return x;
}

/** The first block, 35 × 35. */
function mixed5b(net: Network, x: SymbolicTensor): SymbolicTensor {
  const branches = [
    branch(net, x, [96, 1]),
    branch(net, x, [48, 1], [64, 5]),
    branch(net, x, [64, 1], [96, 3], [96, 3]),
    mixedMean(net, x, 64),
  ];
  return concatenate(net, branches, 'mixed_5b');
}

/** 35 × 35 to 17 × 17. */
function mixed6a(net: Network, x: SymbolicTensor): SymbolicTensor {
  const branches = [
    branch(net, x, [384, 3, 'halve']),
    branch(net, x, [256, 1], [256, 3], [384, 3, 'halve']),
    maxPool(net, x),
  ];
  return concatenate(net, branches, 'mixed_6a');
}

/** 17 × 17 to 8 × 8. */
function mixed7a(net: Network, x: SymbolicTensor): SymbolicTensor {
  const branches = [
    branch(net, x, [256, 1], [384, 3, 'halve']),
    branch(net, x, [256, 1], [288, 3, 'halve']),
    branch(net, x, [256, 1], [288, 3], [320, 3, 'halve']),
    maxPool(net, x),
  ];
  return concatenate(net, branches, 'mixed_7a');
}

function build(net: Network, settings: ModelSettings): SymbolicTensor {
  let x = mixed5b(net, stem(net));
  x = residuals(net, x, { kind: 'block35', count: 10, branches: block35, scale: 0.17 });
  x = mixed6a(net, x);
  x = residuals(net, x, { kind: 'block17', count: 20, branches: block17, scale: 0.1 });
  x = mixed7a(net, x);
  x = residuals(net, x, { kind: 'block8', count: 9, branches: block8, scale: 0.2 });
  // The last one has no relu.
  x = residual(net, x, { name: 'block8_10', branches: block8, scale: 1 });
  const names = { convolution: 'conv_7b', normalization: 'conv_7b_bn', activation: 'conv_7b_ac' };
  x = convolve(net, x, [1536, 1], names);
  if (!settings.includeTop) return pool(net, x, settings.pooling);
  return classify(net, pool(net, x, 'avg', { avg: 'avg_pool' }), settings);
}

/**
 * InceptionResNetV2: 55,873,736 parameters. Images of 299 × 299 pixels or another size from 75 on, preprocessed in the mode
 * `tf`.
 *
 * @returns a model from [batch, height, width, 3] to [batch, classes]; without the top to features of 1536 channels, 8 × 8
 *   of them at the standard size, or [batch, 1536] with `pooling`
 * @throws GraftError when an option is not allowed, or the weights cannot be had
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { inceptionResNetV2 } from '@graftjs/model-zoo';
 * const model = await inceptionResNetV2({ weights: null, includeTop: false, pooling: 'avg' });
 * console.log(model.outputs[0].shape); // [null, 1536]
 */
export function inceptionResNetV2(options: ModelOptions = {}): Promise<LayersModel> {
  const rules = { defaultSize: 299, minSize: 75 };
  const names = { model: 'inceptionResNetV2', name: 'inception_resnet_v2' } as const;
  return createModel({ ...names, ...rules, build }, options);
}
