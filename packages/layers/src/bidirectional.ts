// Keras's Bidirectional.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { CompositeLayer } from './composite-layer.js';
import { type CallArgs, type LayerArgs, oneShape, type Shape } from './inputs.js';
import { configOf, layerFromConfig } from './layer-from-config.js';
import { RecurrentLayer } from './recurrent-layer.js';

const mergeModes = ['concat', 'sum', 'mul', 'ave', null] as const;

export interface BidirectionalArgs extends LayerArgs {
  /** Becomes the layer that goes forward. */
  layer: RecurrentLayer;
  /** Default: one like `layer`, with weights of its own. */
  backwardLayer?: RecurrentLayer;
  /** What becomes of the two outputs; null gives both. Default `concat`. */
  mergeMode?: (typeof mergeModes)[number];
}

/** See {@link bidirectional}. */
export class GraftBidirectional extends CompositeLayer {
  static readonly className = 'GraftBidirectional';
  readonly forwardLayer: RecurrentLayer;
  readonly backwardLayer: RecurrentLayer;
  readonly mergeMode: (typeof mergeModes)[number];

  constructor(args: BidirectionalArgs) {
    super(args);
    this.supportsMasking = true;
    const { layer, backwardLayer, mergeMode = 'concat' } = args;
    if (!mergeModes.includes(mergeMode)) {
      throw invalidArgument('mergeMode', `one of ${mergeModes.map(String).join(', ')}`, mergeMode);
    }
    for (const each of backwardLayer ? [layer, backwardLayer] : [layer]) {
      const isFree = each instanceof RecurrentLayer && !each.built;
      if (!isFree) throw invalidArgument('layer', 'a recurrent layer of its own', each);
    }
    this.mergeMode = mergeMode;
    this.forwardLayer = layer;
    this.backwardLayer = backwardLayer ?? reversed(layer);
    checkPair(this.forwardLayer, this.backwardLayer);
    layer.name = `forward_${layer.name.replace(/^forward_/, '')}`;
    for (const each of this.innerLayers) each.zeroOutputForMask = layer.returnSequences;
  }

  get innerLayers(): readonly RecurrentLayer[] {
    return [this.forwardLayer, this.backwardLayer];
  }

  get returnSequences(): boolean {
    return this.forwardLayer.returnSequences;
  }

  private get returnState(): boolean {
    return this.forwardLayer.returnState;
  }

  override build(inputShape: Shape | Shape[]): void {
    for (const each of this.innerLayers) this.buildInner(each, oneShape(inputShape));
    this.adoptWeights();
  }

  /** @param inputs a sequence [batch, steps, features], and behind it initial states: the forward ones, then the others */
  override call(
    inputs: tf.Tensor | tf.Tensor[],
    { training, mask }: CallArgs,
  ): tf.Tensor | tf.Tensor[] {
    return tf.tidy(() => {
      const [x, ...initial] = [inputs].flat() as [tf.Tensor, ...tf.Tensor[]];
      const half = Math.ceil(initial.length / 2);
      const run = (layer: RecurrentLayer, states: tf.Tensor[]) =>
        [layer.call([x, ...states], { training, mask })].flat() as [tf.Tensor, ...tf.Tensor[]];
      const [forward, ...forwardStates] = run(this.forwardLayer, initial.slice(0, half));
      const [last, ...backwardStates] = run(this.backwardLayer, initial.slice(half));
      const backward = this.returnSequences ? tf.reverse(last, 1) : last;
      const outputs = [...this.merge(forward, backward), ...forwardStates, ...backwardStates];
      return outputs.length > 1 ? outputs : (outputs[0] as tf.Tensor);
    });
  }

  private merge(forward: tf.Tensor, backward: tf.Tensor): tf.Tensor[] {
    switch (this.mergeMode) {
      case 'concat':
        return [tf.concat([forward, backward], -1)];
      case 'sum':
        return [tf.add(forward, backward)];
      case 'mul':
        return [tf.mul(forward, backward)];
      case 'ave':
        return [tf.div(tf.add(forward, backward), 2)];
      case null:
        return [forward, backward];
    }
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const shapes = this.forwardLayer.computeOutputShape(inputShape);
    const output = oneShape(shapes);
    const isConcat = this.mergeMode === 'concat';
    const merged = isConcat ? [...output.slice(0, -1), 2 * (output.at(-1) as number)] : output;
    const outputs = this.mergeMode === null ? [output, output] : [merged];
    const states = this.returnState ? (shapes as Shape[]).slice(1) : [];
    const all = [...outputs, ...states, ...states];
    return all.length > 1 ? all : merged;
  }

  override computeMask(
    inputs: tf.Tensor | tf.Tensor[],
    mask?: tf.Tensor | tf.Tensor[],
  ): tf.Tensor | tf.Tensor[] {
    const masks = () => this.forwardLayer.computeMask(inputs, mask) as tf.Tensor[];
    const [output, ...states] = masks();
    const outputs = this.mergeMode === null ? [output, masks()[0]] : [output];
    return [...outputs, ...states, ...states] as tf.Tensor[];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      mergeMode: this.mergeMode,
      layer: configOf(this.forwardLayer),
      backwardLayer: configOf(this.backwardLayer),
    };
  }

  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    const layer = layerFromConfig(config.layer);
    const backwardLayer = layerFromConfig(config.backwardLayer);
    return new cls({ ...config, layer, backwardLayer });
  }
}

/** The same with weights of its own, from the last step to the first. */
function reversed(layer: RecurrentLayer): RecurrentLayer {
  registerInner(layer);
  const config = { ...layer.getConfig(), goBackwards: true, name: backwardName(layer.name) };
  return layerFromConfig({
    className: layer.getClassName(),
    config: JSON.parse(JSON.stringify(config)) as object,
  });
}

/** Makes the classes of a layer and its cells known where `layerFromConfig` looks. */
function registerInner(layer: layers.Layer): void {
  tf.serialization.registerClass(
    layer.constructor as tf.serialization.SerializableConstructor<layers.Layer>,
  );
  if (layer instanceof CompositeLayer) for (const inner of layer.innerLayers) registerInner(inner);
}

const backwardName = (name: string) => `backward_${name.replace(/^(forward|backward)_/, '')}`;

function checkPair(forward: RecurrentLayer, backward: RecurrentLayer): void {
  const settings = ({ returnSequences, returnState }: RecurrentLayer) =>
    `returnSequences ${returnSequences}, returnState ${returnState}`;
  if (forward.goBackwards === backward.goBackwards) {
    const rule = 'one of two layers of which one goes backwards';
    throw invalidArgument('backwardLayer', rule, {
      goBackwards: [forward, backward].map((each) => each.goBackwards),
    });
  }
  if (settings(forward) !== settings(backward)) {
    throw invalidArgument('backwardLayer', `one with ${settings(forward)}`, settings(backward));
  }
}

/**
 * Keras's Bidirectional: a recurrent layer and its like that runs from the last step to the first, with the outputs
 * merged: [batch, 2 · units], with `returnSequences` [batch, steps, 2 · units], or `units` where they are not concatenated.
 * With `returnState`, the states follow, the forward ones first. Of a sequence that is masked, outputs there are 0.
 *
 * @throws GraftError when `layer` is no recurrent one, or used elsewhere, or does not fit `backwardLayer`
 * @example
 * import { bidirectional, lstm } from '@graftjs/layers';
 * bidirectional({ layer: lstm({ units: 8, returnSequences: true }), mergeMode: 'sum' });
 */
export function bidirectional(args: BidirectionalArgs): GraftBidirectional {
  return new GraftBidirectional(args);
}
