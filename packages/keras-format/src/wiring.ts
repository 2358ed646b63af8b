// Calls layers of tfjs-layers on each other's outputs, in whatever order their inputs become known.

import { GraftError } from '@graftjs/core';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Call, TensorKey } from './calls.js';
import type { Layer } from './layers/index.js';

export class Wiring {
  private readonly layers = new Map<string, Layer>();
  /** By layer, the outputs of each of its calls. */
  private readonly outputs = new Map<string, SymbolicTensor[][]>();
  private waiting: { layer: Layer; index: number; call: Call }[] = [];

  /** @param where the model and its file, for errors */
  constructor(private readonly where: string) {}

  add(layer: Layer, calls: readonly Call[]): void {
    if (this.layers.has(layer.name)) {
      throw new GraftError(`${this.where} has two layers named "${layer.name}"`);
    }
    this.layers.set(layer.name, layer);
    // An input is called by nobody: tfjs makes its output with it.
    const own =
      layer.getClassName() === 'InputLayer' ? [layer.inboundNodes[0]?.outputTensors ?? []] : [];
    this.outputs.set(layer.name, own);
    this.waiting.push(...calls.map((call, index) => ({ layer, index, call })));
  }

  /** Makes all calls. A layer called twice may come before and after another one, so calls may have to wait. */
  run(): void {
    while (this.waiting.length > 0) {
      const blocked = this.waiting.filter(({ layer, index, call }) => {
        const inputs = call.inputs.map((key) => this.find(key));
        if (!inputs.every((tensor) => tensor !== undefined)) return true;
        const [first] = inputs;
        const result = layer.apply(call.isList || !first ? inputs : first);
        const tensors = Array.isArray(result) ? result : [result];
        (this.outputs.get(layer.name) ?? [])[index] = tensors as SymbolicTensor[];
        return false;
      });
      const [stuck] = blocked;
      if (stuck && blocked.length === this.waiting.length) {
        throw new GraftError(
          `layer "${stuck.layer.name}" of ${this.where} is called with an output that no layer gives`,
        );
      }
      this.waiting = blocked;
    }
  }

  /** An output of a layer, after `run`. */
  tensor(key: TensorKey): SymbolicTensor {
    const tensor = this.find(key);
    if (tensor) return tensor;
    throw new GraftError(`${this.where} has no output ${key.tensor} of layer "${key.layer}"`);
  }

  private find({ layer, call, tensor }: TensorKey): SymbolicTensor | undefined {
    return this.outputs.get(layer)?.[call]?.[tensor];
  }
}
