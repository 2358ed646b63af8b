// What all recurrent layers share: a cell, run along the steps of a sequence.

import { GraftError, invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { CompositeLayer } from './composite-layer.js';
import {
  type CallArgs,
  firstMask,
  type LayerArgs,
  oneShape,
  oneTensor,
  type Shape,
} from './inputs.js';
import type { RecurrentCell } from './recurrent-cell.js';
import { scan } from './scan.js';
import { GraftStackedRNNCells } from './stacked-rnn-cells.js';

export interface RecurrentArgs extends LayerArgs {
  /** Whether the outputs of all steps are wanted, and not of the last one only. Default false. */
  returnSequences?: boolean;
  /** Whether the states after the last step are wanted, too, after the output. Default false. */
  returnState?: boolean;
  /** Whether the steps are taken from the last one to the first; outputs come in that order. Default false. */
  goBackwards?: boolean;
  /** Kept for Keras, which then makes no loop; here it changes nothing. Default false. */
  unroll?: boolean;
  /** Whether the output of a masked step is 0, and not that of the step before. Default false. */
  zeroOutputForMask?: boolean;
}

type Cell = RecurrentCell | GraftStackedRNNCells;

export abstract class RecurrentLayer extends CompositeLayer {
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  /** A Bidirectional layer decides it for the layers that it is made of. */
  zeroOutputForMask: boolean;
  private readonly unroll: boolean;

  constructor(
    args: RecurrentArgs,
    readonly cell: Cell,
  ) {
    super(args);
    this.supportsMasking = true;
    this.returnSequences = args.returnSequences ?? false;
    this.returnState = args.returnState ?? false;
    this.goBackwards = args.goBackwards ?? false;
    this.unroll = args.unroll ?? false;
    this.zeroOutputForMask = args.zeroOutputForMask ?? false;
  }

  get innerLayers(): readonly Cell[] {
    return [this.cell];
  }

  private get cells(): readonly RecurrentCell[] {
    return this.cell instanceof GraftStackedRNNCells ? this.cell.cells : [this.cell];
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = oneShape(inputShape);
    const [batch = null, , features] = shape;
    if (shape.length !== 3 || features == null) {
      throw invalidArgument('inputShape', '[batch, steps, features], the features known', shape);
    }
    this.buildInner(this.cell, [batch, features]);
    this.adoptWeights();
  }

  /** @param inputs a sequence [batch, steps, features], and behind it the initial states, if they are not zeros */
  override call(
    inputs: tf.Tensor | tf.Tensor[],
    { training, mask }: CallArgs,
  ): tf.Tensor | tf.Tensor[] {
    return tf.tidy(() => {
      const initial = Array.isArray(inputs) ? inputs.slice(1) : [];
      this.checkInitial(initial.length);
      // Keras 3 hands a layer no mask where it has initial states.
      const given = initial.length > 0 ? null : firstMask(mask);
      const { goBackwards, zeroOutputForMask } = this;
      if (given && this.unroll && goBackwards && zeroOutputForMask) {
        throw new GraftError(
          `layer "${this.name}" (${this.getClassName()}) cannot have a mask, unroll, goBackwards and zeroOutputForMask at once; Keras zeroes other steps then`,
        );
      }
      const { outputs, states } = scan(this.cells, oneTensor(inputs) as tf.Tensor3D, initial, {
        training: training === true,
        goBackwards,
        mask: given,
        zeroOutputForMask,
      });
      const output = this.returnSequences
        ? tf.stack(outputs as tf.Tensor[], 1)
        : (outputs.at(-1) as tf.Tensor);
      return this.returnState ? [output, ...states] : output;
    });
  }

  /** Of several cells, Keras takes lists within a list. */
  private checkInitial(count: number): void {
    const [cell, another] = this.cells;
    const expected = another ? 0 : (cell?.stateCount ?? 0);
    if (count === 0 || count === expected) return;
    throw invalidArgument(
      `the initial states of layer "${this.name}" (${this.getClassName()})`,
      another ? 'left out, since it has several cells' : `${expected}, as its cell has`,
      count,
    );
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const [batch = null, steps = null] = oneShape(inputShape);
    const units = (this.cells.at(-1) as RecurrentCell).units;
    const output = this.returnSequences ? [batch, steps, units] : [batch, units];
    if (!this.returnState) return output;
    const states = this.cells.flatMap((cell) =>
      Array.from({ length: cell.stateCount }, () => [batch, cell.units]),
    );
    return [output, ...states];
  }

  override computeMask(
    _inputs: tf.Tensor | tf.Tensor[],
    mask?: tf.Tensor | tf.Tensor[],
  ): tf.Tensor | tf.Tensor[] {
    const given = firstMask(mask);
    // A clone, since a tensor that is disposed takes its mask with it.
    const output = this.returnSequences && given ? tf.clone(given) : null;
    const states = this.returnState
      ? this.cells.flatMap((cell) => Array.from({ length: cell.stateCount }, () => null))
      : [];
    // tfjs-layers takes null for no mask, though its types say otherwise.
    return [output, ...states] as tf.Tensor[];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { returnSequences, returnState, goBackwards, unroll, zeroOutputForMask } = this;
    return {
      ...super.getConfig(),
      ...{ returnSequences, returnState, goBackwards, unroll, zeroOutputForMask },
    };
  }
}

/** Layer settings that a cell must not take over from the layer that it is made for. */
const ofLayers = new Set([
  ...['inputShape', 'batchInputShape', 'batchSize', 'dtype', 'inputDType', 'weights', 'name'],
]);

/** The arguments of a layer as those of its own cell. */
export function cellArgs<Args extends object>(args: Args, name: string): Args {
  const own = Object.entries(args).filter(([key]) => !ofLayers.has(key));
  return { ...(Object.fromEntries(own) as Args), name };
}
