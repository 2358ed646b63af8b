// Gives a layer of tfjs-layers its weights from a file at the moment when it makes them.

import { GraftError } from '@graftjs/core';
import { type DataType, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import type { NamedArray } from './keras-model.js';
import type { Layer } from './layers/index.js';

type AddWeight = (
  name: string,
  shape: number[],
  dtype: DataType | undefined,
  initializer: { apply(): Tensor },
  ...rest: unknown[]
) => LayerVariable;

/**
 * Arranges that `layer` starts with `arrays` when it is built. A shape is compared before memory is taken for it, and
 * nothing is initialised only to be overwritten.
 *
 * @param where the layer and its file, for errors
 * @param made collects the variables, so that a failing load can dispose them
 */
export function loadWeights(
  layer: Layer,
  arrays: readonly NamedArray[],
  where: string,
  made: LayerVariable[],
): void {
  const left = [...arrays];
  // tfjs documents addWeight for authors of layers, and types it as protected.
  const maker = layer as unknown as { addWeight: AddWeight };
  const addWeight = maker.addWeight.bind(layer);
  maker.addWeight = (name, shape, dtype, _initializer, ...rest) => {
    const array = left.shift();
    if (!array) throw new GraftError(`the weight "${name}" of ${where} is missing`);
    if (array.shape.join() !== shape.join()) {
      throw new GraftError(
        `the weight "${array.name}" of ${where} must have the shape [${shape}]. Received: [${array.shape}]`,
      );
    }
    const initial = { apply: () => tensor(array.data, shape, 'float32') };
    const variable = addWeight(name, shape, dtype, initial, ...rest);
    made.push(variable);
    return variable;
  };
  const build = layer.build.bind(layer);
  layer.build = (inputShape) => {
    build(inputShape);
    // From here on the layer is as any other.
    Reflect.deleteProperty(layer, 'addWeight');
    Reflect.deleteProperty(layer, 'build');
    if (left[0]) {
      throw new GraftError(
        `the weight "${left[0].name}" of ${where} is one that the layer has not`,
      );
    }
  };
}
