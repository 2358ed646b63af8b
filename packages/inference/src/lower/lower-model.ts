// A LayersModel as a graph: follows its outputs back to its inputs, into models within it.

import { GraftError, isModel, variableOf, type Layer } from '@graftjs/core';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { constantFrom, type Constant } from '../graph/constant.js';
import type { InferenceGraph } from '../graph/graph.js';
import { GraphBuilder, type Value } from '../graph/graph-builder.js';
import { cannotLower, type LayerCall } from './layer-call.js';
import { lowerings } from './lowerings.js';

/**
 * The graph of what a model predicts. Its constants are the model's weights: they are read when the constants are.
 *
 * @throws GraftError for a layer that has no such form, which it names
 */
export function lowerModel(model: LayersModel): InferenceGraph {
  const lowering = new ModelLowering();
  const inputs = model.inputs.map(({ name, shape, dtype }) =>
    lowering.graph.input(name, shape, dtype === 'int32' ? 'int32' : 'float32'),
  );
  return lowering.graph.build(lowering.model(model, inputs, ''));
}

class ModelLowering {
  readonly graph = new GraphBuilder();
  private readonly weights = new Map<unknown, Constant>();

  /** What the model gives for these inputs. */
  model(model: LayersModel, inputs: readonly Value[], path: string): Value[] {
    const known = new Map<number, Value>();
    for (const [i, { id }] of model.inputs.entries()) known.set(id, inputs[i] as Value);
    const valueOf = (tensor: SymbolicTensor): Value => {
      const found = known.get(tensor.id);
      if (found) return found;
      const layer = tensor.sourceLayer;
      const node = layer.inboundNodes[tensor.nodeIndex];
      if (!node) throw new GraftError(`layer "${path}${layer.name}" has lost the call of ${tensor.name}`); // prettier-ignore
      const given = node.inputTensors.map(valueOf);
      const values = isModel(layer)
        ? this.model(layer, given, `${path}${layer.name}/`)
        : [this.layer(layer, given, path)];
      for (const [i, { id }] of node.outputTensors.entries()) known.set(id, values[i] as Value);
      return known.get(tensor.id) as Value;
    };
    return model.outputs.map(valueOf);
  }

  private layer(layer: Layer, inputs: readonly Value[], path: string): Value {
    const className = layer.getClassName();
    const call: LayerCall = {
      name: `${path}${layer.name}`,
      className: className.replace(/^Graft/, ''),
      isGraft: className.startsWith('Graft'),
      config: layer.getConfig(),
      inputs,
      graph: this.graph,
      weight: (name) => this.weight(layer, name),
    };
    const lower = lowerings[call.className];
    return lower ? lower(call) : cannotLower(call, 'there is no form of it for prediction');
  }

  /** A weight of a layer that is called twice is one constant. */
  private weight(layer: Layer, name: string): Constant | undefined {
    const weight = layer.weights.find(
      ({ originalName }) => originalName.split('/').at(-1) === name,
    );
    if (!weight) return undefined;
    const constant = this.weights.get(weight) ?? constantFrom(variableOf(weight));
    this.weights.set(weight, constant);
    return constant;
  }
}
