// What ends most models: pooled features, and a dense classifier.

import { globalAveragePooling2d, globalMaxPooling2d } from '@graftjs/layers';
import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { activationOf } from './classifier-activation.js';
import type { ModelSettings, Pooling } from './model-options.js';
import type { Network } from './network.js';

/** Names of the layers that pool; Keras numbers those that its sources leave unnamed. */
export interface PoolingNames {
  readonly avg?: string;
  readonly max?: string;
}

/**
 * Features [batch, height, width, channels] as [batch, channels], or as they are where `pooling` is null.
 */
export function pool(
  net: Network,
  x: SymbolicTensor,
  pooling: Pooling,
  names: PoolingNames = {},
): SymbolicTensor {
  if (pooling === null) return x;
  if (pooling === 'avg') {
    const name = names.avg ?? net.autoName('global_average_pooling2d');
    return net.add(globalAveragePooling2d({ name }), x);
  }
  return net.add(
    globalMaxPooling2d({ name: names.max ?? net.autoName('global_max_pooling2d') }),
    x,
  );
}

/** The dense layer `predictions`: [batch, features] → [batch, classes]. */
export function classify(
  net: Network,
  x: SymbolicTensor,
  { classes, classifierActivation }: ModelSettings,
): SymbolicTensor {
  const activation = activationOf(classifierActivation);
  return net.add(dense({ units: classes, activation, name: 'predictions' }), x);
}

/** A dense layer whose kernel starts as in Keras; that of tfjs-layers starts as GlorotNormal. */
export function dense(args: Parameters<typeof layers.dense>[0]) {
  return layers.dense({ kernelInitializer: 'glorotUniform', ...args });
}
