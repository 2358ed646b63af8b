// The layers that a classifier gets on its base.

import * as layers from '@tensorflow/tfjs-layers';

export interface HeadOptions {
  readonly classes: number;
  /** Share of the features that is dropped while training. */
  readonly dropout: number;
  /** Units of a Dense layer with ReLU before the last one; undefined: there is none. */
  readonly hidden: number | undefined;
  readonly seed: number;
}

/** With a hidden layer, dropout comes after that. */
export function headLayers({ classes, dropout, hidden, seed }: HeadOptions): layers.layers.Layer[] {
  const dense = (units: number, activation: 'relu' | 'softmax', name: string, own: number) =>
    layers.layers.dense({
      ...{ units, activation, name },
      kernelInitializer: layers.initializers.glorotUniform({ seed: own }),
    });
  return [
    ...(hidden === undefined ? [] : [dense(hidden, 'relu', 'head_hidden', seed + 1)]),
    ...(dropout > 0 ? [layers.layers.dropout({ rate: dropout, seed, name: 'head_dropout' })] : []),
    dense(classes, 'softmax', 'classes', seed),
  ];
}

/** The same layers on an input of their own. */
export function modelOf(
  list: readonly layers.layers.Layer[],
  features: number,
): layers.LayersModel {
  const input = layers.input({ shape: [features] });
  let outputs = input;
  for (const layer of list) outputs = layer.apply(outputs) as layers.SymbolicTensor;
  return layers.model({ inputs: input, outputs });
}
