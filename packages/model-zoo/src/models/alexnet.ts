// AlexNet, as one network instead of two halves. Krizhevsky, Sutskever and Hinton, NIPS 2012.

import { conv2d, localResponseNormalization } from '@graftjs/layers';
import { layers, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { checkRate } from './check-rate.js';
import { createModel } from './create-model.js';
import { classify, dense, pool } from './head.js';
import type { ModelOptions, ModelSettings } from './model-options.js';
import type { Network } from './network.js';

/** The options of {@link alexNet}. */
export interface AlexNetOptions extends ModelOptions {
  /** Share of the units of both dense layers that are dropped in training. Default 0.5. */
  dropout?: number;
}

/** A convolution with its relu: C1 to C7 of the textbooks' table. */
function convolve(
  net: Network,
  x: SymbolicTensor,
  args: Omit<Parameters<typeof conv2d>[0], 'activation'>,
): SymbolicTensor {
  return net.add(conv2d({ activation: 'relu', ...args }), x);
}

/** Strong values inhibit those at the same place in the two channels on either side. */
function inhibit(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  const settings = { depthRadius: 2, bias: 2, alpha: 1e-4, beta: 0.75 };
  return net.add(localResponseNormalization({ ...settings, name }), x);
}

function largest(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  return net.add(layers.maxPooling2d({ poolSize: 3, strides: 2, name }), x);
}

function wide(net: Network, x: SymbolicTensor, rate: number, name: string): SymbolicTensor {
  x = net.add(dense({ units: 4096, activation: 'relu', name }), x);
  return net.add(layers.dropout({ rate, name: `${name}_dropout` }), x);
}

function build(net: Network, settings: ModelSettings, dropout: number): SymbolicTensor {
  let x = convolve(net, net.input, { filters: 96, kernelSize: 11, strides: 4, name: 'c1' });
  x = largest(net, inhibit(net, x, 'c1_lrn'), 's2');
  x = convolve(net, x, { filters: 256, kernelSize: 5, padding: 'same', name: 'c3' });
  x = largest(net, inhibit(net, x, 'c3_lrn'), 's4');
  for (const [name, filters] of Object.entries({ c5: 384, c6: 384, c7: 256 })) {
    x = convolve(net, x, { filters, kernelSize: 3, padding: 'same', name });
  }
  x = largest(net, x, 's8');
  if (!settings.includeTop) return pool(net, x, settings.pooling);
  x = net.add(layers.flatten({ name: 'flatten' }), x);
  x = wide(net, wide(net, x, dropout, 'f9'), dropout, 'f10');
  return classify(net, x, settings);
}

/**
 * AlexNet: 62,378,344 parameters. Images of 227 × 227 pixels or another size from 67 on. Nobody publishes weights for it in
 * this form, so that `weights` is null unless it says a file, an `.h5` one.
 *
 * Keras lacks its normalization, so that there are no Keras files of it: tfjs-layers' own `model.save` writes it, and
 * `tf.loadLayersModel` opens it after `registerLayers()` of `@graftjs/layers`.
 *
 * @returns a model from [batch, height, width, 3] to [batch, classes]; without the top to features of 256 channels, 6 × 6 of
 *   them at the standard size, or [batch, 256] with `pooling`
 * @throws GraftError when an option is not allowed, or the weights cannot be had
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { alexNet } from '@graftjs/model-zoo';
 * const model = await alexNet({ includeTop: false });
 * console.log(model.getLayer('c5').countParams()); // 885120
 */
export async function alexNet(options: AlexNetOptions = {}): Promise<LayersModel> {
  const { dropout = 0.5 } = options;
  checkRate('dropout', dropout);
  const architecture = {
    ...({ model: 'alexNet', name: 'alexnet', defaultSize: 227, minSize: 67 } as const),
    build: (net: Network, settings: ModelSettings) => build(net, settings, dropout),
  };
  return createModel(architecture, { weights: null, ...options });
}
