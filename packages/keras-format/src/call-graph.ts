// The calls that make up a LayersModel, numbered as Keras numbers them: per layer, counting only those of this model.

import { LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { toKeras } from './fields.js';
import { kerasClassName, type Layer, layerClass } from './layers/index.js';

export class CallGraph {
  /** In Keras's order, inputs included. */
  readonly layers: readonly Layer[];
  /** By layer, which of its calls belong to the model. A layer may have others, in models that share it. */
  private readonly calls = new Map<Layer, number[]>();

  constructor(model: LayersModel) {
    // An input that nothing uses is not among the layers of tfjs.
    this.layers = [
      ...new Set([...model.layers, ...model.inputs.map((input) => input.sourceLayer)]),
    ];
    const inputs = new Set(model.inputs);
    const toVisit = [...model.inputs, ...model.outputs];
    for (let tensor = toVisit.pop(); tensor; tensor = toVisit.pop()) {
      const { sourceLayer: layer, nodeIndex } = tensor;
      const calls = this.calls.get(layer) ?? [];
      if (calls.includes(nodeIndex)) continue;
      this.calls.set(
        layer,
        [...calls, nodeIndex].sort((a, b) => a - b),
      );
      if (!inputs.has(tensor)) toVisit.push(...(layer.inboundNodes[nodeIndex]?.inputTensors ?? []));
    }
  }

  /** A layer's `inbound_nodes`. */
  describeCalls(layer: Layer): object[] {
    const nodes = (this.calls.get(layer) ?? []).map((index) => layer.inboundNodes[index]);
    const called = nodes.filter((node) => node !== undefined && node.inboundLayers.length > 0);
    const known = layerClass(kerasClassName(layer.getClassName()));
    return called.map((node) => {
      const tensors = node?.inputTensors.map((tensor) => this.describeTensor(tensor)) ?? [];
      const set = toKeras(known?.call?.settings ?? {}, known?.configOf(layer) ?? {}, layer.name);
      const names = known?.call?.tensors;
      if (names) {
        const others = names.map((name, i): [string, object | undefined] => [name, tensors[i]]);
        const kwargs = { ...Object.fromEntries(others.slice(2)), ...set };
        return { args: tensors.slice(0, 2), kwargs };
      }
      if (known?.call?.states !== undefined && tensors.length > 1) {
        const [first, ...states] = tensors;
        return { args: [first], kwargs: { [known.call.states]: states, ...set } };
      }
      const isList = tensors.length > 1 || known?.takesList;
      return { args: isList ? [tensors] : tensors, kwargs: set };
    });
  }

  /** A tensor among the model's inputs or outputs. Here, and only here, Keras counts calls of a Functional from 1. */
  describeEnd(tensor: SymbolicTensor): [string, number, number] {
    const [name, call, index] = this.keyOf(tensor);
    const { sourceLayer } = tensor;
    return [name, isFunctional(sourceLayer) ? call + 1 : call, index];
  }

  private describeTensor(tensor: SymbolicTensor): object {
    const { shape, dtype } = tensor;
    const config = { shape, dtype, keras_history: this.keyOf(tensor) };
    return { class_name: '__keras_tensor__', config };
  }

  private keyOf({ sourceLayer, nodeIndex, tensorIndex }: SymbolicTensor): [string, number, number] {
    const call = (this.calls.get(sourceLayer) ?? []).indexOf(nodeIndex);
    return [sourceLayer.name, call, tensorIndex];
  }
}

function isFunctional(layer: Layer): boolean {
  return layer instanceof LayersModel && layer.getClassName() !== 'Sequential';
}
