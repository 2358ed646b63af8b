// A layer made of other layers: their weights, losses and frozenness are its own.

import { isModel } from '@graftjs/core';
import { input, layers, type LayerVariable } from '@tensorflow/tfjs-layers';
import type { LayerArgs, Shape } from './inputs.js';
import { mendMasks } from './masks.js';

type Layer = layers.Layer;

export abstract class CompositeLayer extends layers.Layer {
  /** Of each layer at the bottom, the weights that train while it does, and all. */
  private readonly owned = new Map<Layer, { ever: LayerVariable[]; all: LayerVariable[] }>();

  constructor(args: LayerArgs) {
    super(args);
    mendMasks();
  }

  /** In Keras's order. */
  abstract get innerLayers(): readonly Layer[];

  /** Gives an inner layer its weights, named after it within this layer. */
  protected buildInner(inner: Layer, shape: Shape): void {
    if (inner.built) return;
    inner.apply(input({ batchShape: shape, name: `${inner.name}_input` }));
  }

  /** Takes the weights of all inner layers, when they are built. */
  protected adoptWeights(): void {
    for (const { layer } of this.leaves()) {
      const ever = everTrainable(layer);
      this.owned.set(layer, { ever, all: [...new Set([...ever, ...layer.weights])] });
    }
    this.built = true;
  }

  /**
   * What trains now is in the list of tfjs-layers as well, which a model that is frozen or not tells so without asking the
   * layer; what does not is marked, for whoever asks the weight.
   */
  override get trainableWeights(): LayerVariable[] {
    const training: LayerVariable[] = [];
    for (const { layer, trains } of this.leaves()) {
      const { ever = [] } = this.owned.get(layer) ?? {};
      if (trains) training.push(...ever);
      else for (const weight of ever) weight.trainable = false;
    }
    super.trainableWeights = training;
    return super.trainableWeights;
  }

  /** In Keras's order; tfjs-layers would put what never trains last. */
  override get nonTrainableWeights(): LayerVariable[] {
    const training = new Set(this.trainableWeights);
    return [...this.owned.values()].flatMap(({ all }) => all.filter((each) => !training.has(each)));
  }

  override get trainable(): boolean {
    return super.trainable;
  }

  override set trainable(value: boolean) {
    for (const inner of this.innerLayers) setTrainable(inner, value);
    super.trainable = value;
  }

  /** The penalties of what trains. */
  override get losses(): Layer['losses'] {
    return this.leaves().flatMap(({ layer, trains }) => (trains ? layer.losses : []));
  }

  override setFastWeightInitDuringBuild(value: boolean): void {
    super.setFastWeightInitDuringBuild(value);
    for (const inner of this.innerLayers) inner.setFastWeightInitDuringBuild(value);
  }

  private leaves(): Leaf[] {
    return this.innerLayers.flatMap((layer) => leavesOf(layer, true));
  }
}

interface Leaf {
  readonly layer: Layer;
  /** Whether it and all layers around it within the composite one train. */
  readonly trains: boolean;
}

function leavesOf(layer: Layer, around: boolean): Leaf[] {
  const trains = around && layer.trainable;
  const inner = innerLayersOf(layer);
  return inner ? inner.flatMap((each) => leavesOf(each, trains)) : [{ layer, trains }];
}

function innerLayersOf(layer: Layer): readonly Layer[] | undefined {
  if (isModel(layer)) return layer.layers;
  return layer instanceof CompositeLayer ? layer.innerLayers : undefined;
}

/** Also in it, for a layer that holds layers; a model of tfjs-layers would tell only the weights. */
function setTrainable(layer: Layer, value: boolean): void {
  if (isModel(layer)) for (const inner of layer.layers) setTrainable(inner, value);
  layer.trainable = value;
}

/** The weights that train while the layer does. */
function everTrainable(layer: Layer): LayerVariable[] {
  const { trainable } = layer;
  layer.trainable = true;
  const weights = layer.trainableWeights;
  layer.trainable = trainable;
  return weights;
}
