// A kernel and a bias applied by an equation: the whole of EinsumDense, and each projection of multi-head attention.

import * as tf from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { contract } from './contract.js';
import { type Einsum, parseEinsum } from './einsum-equation.js';
import type { Shape } from './inputs.js';
import type { WeightSettings } from './weights.js';

/** Makes a weight of the layer that the projection is in. */
export type AddWeight = (name: string, shape: number[], settings: WeightSettings) => LayerVariable;

export class Projection {
  private kernel: LayerVariable | undefined;
  private bias: LayerVariable | undefined;

  /** @param prefix of the weights' names: `query/` */
  constructor(
    private readonly equation: string,
    private readonly partialOutputShape: Shape,
    private readonly biasAxes: string | null,
    private readonly prefix = '',
  ) {}

  /** The shapes and axes for an input of this shape. */
  parse(inputShape: Shape): Einsum {
    return parseEinsum(this.equation, this.biasAxes, inputShape, this.partialOutputShape);
  }

  build(inputShape: Shape, kernel: WeightSettings, bias: WeightSettings, add: AddWeight): void {
    const einsum = this.parse(inputShape);
    this.kernel = add(`${this.prefix}kernel`, einsum.kernelShape, initialised(kernel, einsum));
    if (einsum.biasShape) this.bias = add(`${this.prefix}bias`, einsum.biasShape, bias);
  }

  apply(x: tf.Tensor): tf.Tensor {
    const { axes } = this.parse(x.shape);
    const y = contract(axes, x, (this.kernel as LayerVariable).read());
    return this.bias ? tf.add(y, this.bias.read()) : y;
  }
}

/** An initializer that scales by the numbers of inputs and outputs is told which axes are which. */
function initialised(settings: WeightSettings, { inputAxes, outputAxes }: Einsum): WeightSettings {
  const { initializer } = settings;
  if (initializer.getClassName() !== 'VarianceScaling') return settings;
  const scaled = Object.assign(Object.create(initializer) as typeof initializer, {
    apply(shape: Shape, dtype?: tf.DataType): tf.Tensor {
      return tf.tidy(() => {
        const order = [...inputAxes, ...outputAxes];
        const lengths = (axes: number[]) => axes.map((axis) => shape[axis] as number);
        const size = (axes: number[]) => tf.util.sizeFromShape(lengths(axes));
        const matrix = initializer.apply([size(inputAxes), size(outputAxes)], dtype);
        const back = order.map((_, axis) => order.indexOf(axis));
        return tf.transpose(tf.reshape(matrix, lengths(order)), back);
      });
    },
  });
  return { ...settings, initializer: scaled };
}
