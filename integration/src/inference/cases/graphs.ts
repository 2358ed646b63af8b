// Models that are not just a stack of layers.

import * as graft from '@graftjs/layers';
import { formulaTensor } from '@graftjs/test-utils/formula-weights';
import { input, layers, model, sequential, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { called, stacked, stacks, type Cases } from './case.js';

const image = [7, 6, 4];

export const graphs: Cases = {
  ...stacks([null, null, 3] as number[], {
    'images of any size': () => [
      graft.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }),
      graft.batchNormalization(),
      layers.reLU(),
      layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
      layers.upSampling2d({ size: [2, 2] }),
      graft.globalAveragePooling2d(),
    ],
  }),
  ...stacks([null, 3] as number[], {
    'sequences of any length, repeated': () => [
      graft.upSampling1d({ size: 2 }),
      graft.conv1d({ filters: 2, kernelSize: 3 }),
    ],
  }),
  'branches, several inputs and outputs, layers called twice, models within models': () => {
    const inner = sequential({
      layers: [
        graft.conv2d({ filters: 4, kernelSize: 1, inputShape: image }),
        graft.batchNormalization(),
      ],
    });
    const [a, b] = [input({ shape: image }), input({ shape: image })];
    const [p, q] = [a, b].map((x) => inner.apply(x)) as [SymbolicTensor, SymbolicTensor];
    const merge = (layer: layers.Layer, ...inputs: SymbolicTensor[]) => called(layer, ...inputs)[0];
    const vector = merge(graft.globalAveragePooling2d(), q);
    const gate = merge(layers.reshape({ targetShape: [1, 1, 4] }), vector);
    const outputs = [
      merge(layers.add(), p, q, a),
      merge(layers.multiply(), p, gate),
      merge(layers.multiply(), p, vector),
      merge(layers.average(), p, q),
      merge(graft.maximum(), p, q),
      merge(graft.minimum(), p, a),
      merge(layers.maximum(), p, b),
      merge(layers.minimum(), p, b),
      merge(graft.subtract(), p, q),
      merge(graft.customScaleLayer({ scale: 0.3 }), p, q),
      merge(layers.concatenate({ axis: 1 }), p, q),
      merge(layers.concatenate(), p, q, b),
      q,
      b,
    ];
    return { model: model({ inputs: [a, b], outputs }) };
  },
  'Normalization by weights': () => {
    const layer = graft.normalization();
    const x = formulaTensor('x', [20, 4], [-3, 5]);
    const normalizing = stacked([4], [layer]);
    layer.adapt(x);
    return { model: normalizing, inputs: [x], isFilled: true };
  },
  'stock CenterCrop and Rescaling': () => {
    const x = input({ shape: image });
    // It changes the shape of what it is called with.
    const copy = () => called(layers.reshape({ targetShape: image }), x)[0];
    const outputs = [
      called(layers.centerCrop({ height: 4, width: 3 }), copy())[0],
      called(layers.centerCrop({ height: 3, width: 6 }), copy())[0],
      called(layers.rescaling({ scale: 0.5, offset: 1 }), x)[0],
    ];
    return { model: model({ inputs: x, outputs }) };
  },
};
