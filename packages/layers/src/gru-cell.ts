// Keras's GRUCell in both of its forms; that of tfjs-layers has the older one only.

import * as tf from '@tensorflow/tfjs-core';
import {
  type GatedCellArgs,
  type Pass,
  product,
  RecurrentCell,
  type Step,
} from './recurrent-cell.js';
import { type Activation, activationOf } from './weights.js';

export interface GRUCellArgs extends GatedCellArgs {
  /** Whether the reset gate comes after the multiplication, with a bias of its own. Default true. */
  resetAfter?: boolean;
}

/** See {@link gruCell}. */
export class GraftGRUCell extends RecurrentCell {
  static readonly className = 'GraftGRUCell';
  private readonly recurrentActivation: Activation;
  private readonly resetAfter: boolean;

  constructor(args: GRUCellArgs) {
    super(args, 3, 1);
    this.recurrentActivation = activationOf(args.recurrentActivation ?? 'sigmoid');
    this.resetAfter = args.resetAfter ?? true;
  }

  protected override biasShape(): number[] {
    return this.resetAfter ? [2, 3 * this.units] : [3 * this.units];
  }

  protected override step(pass: Pass): Step {
    const gated = this.resetAfter ? this.resettingAfter(pass) : this.resettingBefore(pass);
    return (t, states) => {
      const [h] = states as [tf.Tensor];
      const [update, candidate] = gated(pass.inputs[t] as tf.Tensor, h);
      // z h + (1 − z) h̃
      return [tf.add(candidate, tf.mul(update, tf.sub(h, candidate)))];
    };
  }

  private resettingAfter({ masks, kernel, bias }: Pass): Gated {
    const recurrent = product(kernel, masks);
    return (x, h) => {
      const multiplied = bias ? tf.add(recurrent(h), bias) : recurrent(h);
      const [xz, xr, xh] = tf.split(x, 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const [hz, hr, hh] = tf.split(multiplied, 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const reset = this.recurrentActivation.apply(tf.add(xr, hr));
      return [
        this.recurrentActivation.apply(tf.add(xz, hz)),
        this.activation.apply(tf.add(xh, tf.mul(reset, hh))),
      ];
    };
  }

  private resettingBefore({ masks, kernel }: Pass): Gated {
    const widths = [2 * this.units, this.units];
    const [ofGates, ofCandidate] = tf.split(kernel, widths, 1) as [tf.Tensor, tf.Tensor];
    const gates = product(ofGates, masks.slice(0, 2));
    const last = product(ofCandidate, masks.slice(2));
    return (x, h) => {
      const [xz, xr, xh] = tf.split(x, 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const [hz, hr] = tf.split(gates(h), 2, 1) as [tf.Tensor, tf.Tensor];
      const reset = this.recurrentActivation.apply(tf.add(xr, hr));
      return [
        this.recurrentActivation.apply(tf.add(xz, hz)),
        this.activation.apply(tf.add(xh, last(tf.mul(reset, h)))),
      ];
    };
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      recurrentActivation: this.recurrentActivation.getClassName(),
      resetAfter: this.resetAfter,
    };
  }
}

/** Of a step's input (times the kernel) and the last output: the update gate z, and the candidate h̃. */
type Gated = (x: tf.Tensor, h: tf.Tensor) => [tf.Tensor, tf.Tensor];

/**
 * Keras's GRUCell (https://arxiv.org/abs/1406.1078), a cell of `rnn`. With x_z, x_r, x_h the three parts of W x + b, h_z,
 * h_r, h_h those of R h + b′, and σ the `recurrentActivation`: z = σ(x_z + h_z), r = σ(x_r + h_r),
 * h̃ = activation(x_h + r h_h), h ← z h + (1 − z) h̃. Without `resetAfter` there is no b′, and r h_h is R_h (r h). The state
 * is [batch, units].
 *
 * @throws GraftError when `units` is no positive integer, or a rate is not ≥ 0 and < 1
 * @example
 * import { gruCell, rnn } from '@graftjs/layers';
 * rnn({ cell: [gruCell({ units: 8 }), gruCell({ units: 4 })] });
 */
export function gruCell(args: GRUCellArgs): GraftGRUCell {
  return new GraftGRUCell(args);
}
