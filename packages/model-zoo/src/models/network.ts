// A model while it is built: its input, its layers, and names for those that Keras's sources leave unnamed.

import {
  input,
  type layers,
  type LayersModel,
  model,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { ImageShape } from './image-shape.js';

type Layer = InstanceType<typeof layers.Layer>;

export class Network {
  /** The images: [batch, height, width, channels]. */
  readonly input: SymbolicTensor;
  private readonly counts = new Map<string, number>();
  private readonly startsEmpty: boolean;

  /** @param startsEmpty whether weights begin as zeros, which takes less time, since they will be loaded */
  constructor(shape: ImageShape, { startsEmpty }: { readonly startsEmpty: boolean }) {
    this.input = input({ shape: [...shape], name: this.autoName('input_layer') });
    this.startsEmpty = startsEmpty;
  }

  /** Calls a layer once, with the one tensor or the list that it takes. */
  add(layer: Layer, inputs: SymbolicTensor | SymbolicTensor[]): SymbolicTensor {
    layer.setFastWeightInitDuringBuild(this.startsEmpty);
    return layer.apply(inputs) as SymbolicTensor;
  }

  /** The name that Keras gives to an unnamed layer of a fresh session: `conv2d`, `conv2d_1`, … */
  autoName(kind: string): string {
    const count = this.counts.get(kind) ?? 0;
    this.counts.set(kind, count + 1);
    return count === 0 ? kind : `${kind}_${count}`;
  }

  finish(output: SymbolicTensor, name: string): LayersModel {
    return model({ inputs: this.input, outputs: output, name });
  }
}
