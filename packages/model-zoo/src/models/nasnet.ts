// NASNetMobile and NASNetLarge: cells that a search found, repeated. Zoph et al., arXiv:1707.07012.

import { conv2d } from '@graftjs/layers';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { createModel } from './create-model.js';
import { classify, pool } from './head.js';
import type { ModelOptions, ModelSettings } from './model-options.js';
import { normalCell, normalize, reductionCell, relu } from './nasnet-cells.js';
import type { Network } from './network.js';

/** What makes one NASNet of the family. */
interface Variant {
  /** Channels of the first convolution. */
  readonly stem: number;
  /** Cells between two reductions. */
  readonly blocks: number;
  /** Channels of the first normal cells; they double with each reduction. */
  readonly filters: number;
  /** Whether the cell after a reduction looks past it, at what the reduction was given. */
  readonly skipsReduction: boolean;
}

const mobile: Variant = { stem: 32, blocks: 4, filters: 44, skipsReduction: false };
const large: Variant = { stem: 96, blocks: 6, filters: 168, skipsReduction: true };

function build(net: Network, settings: ModelSettings, variant: Variant): SymbolicTensor {
  const { blocks, filters } = variant;
  const start = { useBias: false, kernelInitializer: 'heNormal', name: 'stem_conv1' } as const;
  const first = conv2d({ filters: variant.stem, kernelSize: 3, strides: 2, ...start });
  let x = normalize(net, net.add(first, net.input), 'stem_bn1');
  let previous = x;
  const step = (cell: typeof normalCell, channels: number, id: string): void => {
    [x, previous] = [cell(net, { x, previous, filters: channels, id }), x];
  };
  step(reductionCell, filters / 4, 'stem_1');
  step(reductionCell, filters / 2, 'stem_2');
  for (let stage = 0; stage < 3; stage++) {
    const channels = filters * 2 ** stage;
    if (stage > 0) {
      const skipped = previous;
      step(reductionCell, channels, `reduce_${stage * blocks}`);
      if (variant.skipsReduction) previous = skipped;
    }
    for (let i = 0; i < blocks; i++) {
      step(normalCell, channels, `${stage * blocks + i + (stage > 0 ? 1 : 0)}`);
    }
  }
  x = relu(net, x);
  if (!settings.includeTop) return pool(net, x, settings.pooling);
  return classify(net, pool(net, x, 'avg'), settings);
}

const rules = { minSize: 32, needsSize: true };

/**
 * NASNetMobile: 5,326,716 parameters. Images of 224 × 224 pixels or another size from 32 on, preprocessed in the mode `tf`.
 *
 * Height and width must be known, also without the top: a Keras model of open size fails on every image.
 *
 * @returns a model from [batch, height, width, 3] to [batch, classes]; without the top to features of a 32nd of height and
 *   width and 1056 channels, or [batch, 1056] with `pooling`
 * @throws GraftError when an option is not allowed, or the weights cannot be had
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { nasNetMobile } from '@graftjs/model-zoo';
 * const model = await nasNetMobile({ weights: null, includeTop: false, pooling: 'avg' });
 * console.log(model.outputs[0].shape); // [null, 1056]
 */
export function nasNetMobile(options: ModelOptions = {}): Promise<LayersModel> {
  const architecture = {
    ...({ model: 'nasNetMobile', name: 'nasnet_mobile', defaultSize: 224, ...rules } as const),
    build: (net: Network, settings: ModelSettings) => build(net, settings, mobile),
  };
  return createModel(architecture, options);
}

/** NASNetLarge: as {@link nasNetMobile}, of 331 × 331 pixels, with 4032 channels and 88,949,818 parameters. */
export function nasNetLarge(options: ModelOptions = {}): Promise<LayersModel> {
  const architecture = {
    ...({ model: 'nasNetLarge', name: 'nasnet_large', defaultSize: 331, ...rules } as const),
    build: (net: Network, settings: ModelSettings) => build(net, settings, large),
  };
  return createModel(architecture, options);
}
