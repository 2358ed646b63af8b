// The layers that a layer of tfjs-layers is made of.

import { innerFieldsOf, ownCellOf } from './inner-layers.js';
import { kerasClassName, type Layer } from './layers/index.js';
import { snakeCase } from './snake-case.js';

/** One of the layers that another one is made of. */
export interface InnerLayer {
  readonly layer: Layer;
  /** Its name in Keras. */
  readonly name: string;
}

/** In Keras's order; none where the layer is not made of others. A model is no such layer. */
export function innerLayersOf(layer: Layer): readonly InnerLayer[] {
  const className = kerasClassName(layer.getClassName());
  const ownCell = ownCellOf(className);
  const read = (property: string) => [Reflect.get(layer, property) as Layer | Layer[]].flat();
  if (ownCell !== undefined) {
    return read('cell').map((cell) => ({ layer: cell, name: snakeCase(ownCell) }));
  }
  return innerFieldsOf(className).flatMap(({ property }) =>
    read(property).map((each) => ({ layer: each, name: each.name })),
  );
}
