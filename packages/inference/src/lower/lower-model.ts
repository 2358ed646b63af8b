// A LayersModel as a graph: follows its outputs back to its inputs, into models within it.

import { GraftError, isModel, variableOf, type Layer } from '@graftjs/core';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { constantFrom, type Constant } from '../graph/constant.js';
import type { InferenceGraph } from '../graph/graph.js';
import { GraphBuilder } from '../graph/graph-builder.js';
import { channelsLast, hasChannelsFirst } from './channels-first.js';
import { cannotLower, type LayerCall, type Lowering, type Masked } from './layer-call.js';
import { lowerings } from './lowerings.js';
import { masksAfter } from './masks.js';
import { refused } from './refused.js';

/**
 * The graph of what a model predicts. Its constants are the model's weights: they are read when the constants are.
 *
 * @throws GraftError for a layer that has no such form, which it names
 */
export function lowerModel(model: LayersModel): InferenceGraph {
  const lowering = new ModelLowering();
  const inputs = model.inputs.map(({ name, shape, dtype }) => ({
    value: lowering.graph.input(name, shape, dtype === 'int32' ? 'int32' : 'float32'),
  }));
  return lowering.graph.build(lowering.model(model, inputs, '').map(({ value }) => value));
}

class ModelLowering {
  readonly graph = new GraphBuilder();
  private readonly weights = new Map<unknown, Constant>();

  /** What the model gives for these inputs. */
  model(model: LayersModel, inputs: readonly Masked[], path: string): Masked[] {
    const known = new Map<number, Masked>();
    for (const [i, { id }] of model.inputs.entries()) known.set(id, inputs[i] as Masked);
    const valueOf = (tensor: SymbolicTensor): Masked => {
      const found = known.get(tensor.id);
      if (found) return found;
      const layer = tensor.sourceLayer;
      const node = layer.inboundNodes[tensor.nodeIndex];
      if (!node) throw new GraftError(`layer "${path}${layer.name}" has lost the call of ${tensor.name}`); // prettier-ignore
      const values = this.layer(layer, node.inputTensors.map(valueOf), path);
      for (const [i, { id }] of node.outputTensors.entries()) known.set(id, values[i] as Masked);
      return known.get(tensor.id) as Masked;
    };
    return model.outputs.map(valueOf);
  }

  private layer(
    layer: Layer,
    inputs: readonly Masked[],
    path: string,
    lowering?: Lowering,
  ): Masked[] {
    const name = `${path}${layer.name}`;
    if (isModel(layer)) return this.model(layer, inputs, `${name}/`);
    const className = layer.getClassName();
    const call: LayerCall = {
      ...{ layer, name },
      className: className.replace(/^Graft/, ''),
      isGraft: className.startsWith('Graft'),
      config: layer.getConfig(),
      inputs: inputs.map(({ value }) => value),
      masks: inputs.map(({ mask }) => mask),
      graph: this.graph,
      weight: (name, of = layer) => this.weight(of, name),
      inner: (each, given, own) => this.layer(each, given, `${name}/`, own),
    };
    const lower = lowering ?? lowerings[call.className];
    if (!lower) return cannotLower(call, refused[call.className] ?? 'there is no form of it for prediction'); // prettier-ignore
    const outputs = [(hasChannelsFirst(call) ? channelsLast(lower) : lower)(call)].flat();
    const masks = layer.supportsMasking ? masksAfter(call) : [];
    return outputs.map((value, i) => ({ value, mask: masks[i] }));
  }

  /** A weight of a layer that is called twice is one constant. */
  private weight(layer: Layer, name: string): Constant | undefined {
    const weight = layer.weights.find(({ originalName }) =>
      `/${originalName}`.endsWith(`/${name}`),
    );
    if (!weight) return undefined;
    const constant = this.weights.get(weight) ?? constantFrom(variableOf(weight));
    this.weights.set(weight, constant);
    return constant;
  }
}
