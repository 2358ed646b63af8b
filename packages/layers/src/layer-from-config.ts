// A layer within the config of another one, as tfjs-layers would make it; its function for that is not exported.

import { invalidArgument } from '@graftjs/core';
import { serialization } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

/** @throws GraftError when no class of this name is registered */
export function layerFromConfig<T extends Layer = Layer>(config: unknown): T {
  const { className, config: settings } = config as { className: string; config: object };
  const found = serialization.SerializationMap.getMap().classNameMap[className];
  if (!found) throw invalidArgument('className', 'the name of a registered class', className);
  const [cls, fromConfig] = found;
  return fromConfig(cls, { ...settings }) as unknown as T;
}

/** What `layerFromConfig` makes the layer of. */
export function configOf(layer: Layer): serialization.ConfigDict {
  return { className: layer.getClassName(), config: layer.getConfig() };
}
