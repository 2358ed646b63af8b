// The constants of a graph on the backend of tfjs, from when a kernel first asks for them.

import * as tf from '@tensorflow/tfjs-core';
import type { Constant } from '../graph/constant.js';
import type { Weights } from './kernel.js';

/** As variables: those a compiled pass keeps for itself. */
export class WeightStore implements Weights {
  private readonly stored = new Map<string, tf.Variable>();

  constructor(private readonly constants: ReadonlyMap<string, Constant>) {}

  get variables(): readonly tf.Variable[] {
    return [...this.stored.values()];
  }

  has(name: string): boolean {
    return this.constants.has(name);
  }

  async tensor(name: string): Promise<tf.Tensor> {
    const known = this.stored.get(name);
    if (known) return known;
    const values = await this.values(name);
    const variable = tf.tidy(() => tf.variable(tf.tensor(values, [...this.shape(name)]), false));
    this.stored.set(name, variable);
    return variable;
  }

  shape(name: string): readonly number[] {
    return (this.constants.get(name) as Constant).shape;
  }

  values(name: string): Promise<Float32Array> {
    return (this.constants.get(name) as Constant).read();
  }

  dispose(): void {
    tf.dispose([...this.stored.values()]);
    this.stored.clear();
  }
}
