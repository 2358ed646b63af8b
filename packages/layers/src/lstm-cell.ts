// Keras's LSTMCell.

import * as tf from '@tensorflow/tfjs-core';
import {
  type GatedCellArgs,
  type Pass,
  product,
  RecurrentCell,
  type Step,
} from './recurrent-cell.js';
import { type Activation, activationOf, type WeightSettings } from './weights.js';

export interface LSTMCellArgs extends GatedCellArgs {
  /** Whether the bias of the forget gate starts with ones. Default true. */
  unitForgetBias?: boolean;
}

/** See {@link lstmCell}. */
export class GraftLSTMCell extends RecurrentCell {
  static readonly className = 'GraftLSTMCell';
  private readonly recurrentActivation: Activation;
  private readonly unitForgetBias: boolean;

  constructor(args: LSTMCellArgs) {
    super(args, 4, 2);
    this.recurrentActivation = activationOf(args.recurrentActivation ?? 'sigmoid');
    this.unitForgetBias = args.unitForgetBias ?? true;
  }

  protected override biasInitializer(given: WeightSettings['initializer']) {
    return this.unitForgetBias ? new UnitForgetBias(given, this.units) : given;
  }

  protected override step({ inputs, masks, kernel }: Pass): Step {
    const recurrent = product(kernel, masks);
    const [gate, activation] = [this.recurrentActivation, this.activation];
    return (t, states) => {
      const [h, c] = states as [tf.Tensor, tf.Tensor];
      const z = tf.add(inputs[t] as tf.Tensor, recurrent(h));
      const [i, f, candidate, o] = tf.split(z, 4, 1) as [
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
      ];
      const fresh = tf.mul(gate.apply(i), activation.apply(candidate));
      const carry = tf.add(tf.mul(gate.apply(f), c), fresh);
      return [tf.mul(gate.apply(o), activation.apply(carry)), carry];
    };
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      recurrentActivation: this.recurrentActivation.getClassName(),
      unitForgetBias: this.unitForgetBias,
    };
  }
}

/** Ones for the forget gate, and for the other three what another initializer gives. */
class UnitForgetBias extends tf.serialization.Serializable {
  static readonly className = 'GraftUnitForgetBias';

  constructor(
    private readonly others: WeightSettings['initializer'],
    private readonly units: number,
  ) {
    super();
  }

  apply(): tf.Tensor {
    return tf.tidy(() => {
      const { others, units } = this;
      return tf.concat([others.apply([units]), tf.ones([units]), others.apply([2 * units])]);
    });
  }

  fromConfigUsesCustomObjects(): boolean {
    return false;
  }

  getConfig(): tf.serialization.ConfigDict {
    return {};
  }
}

/**
 * Keras's LSTMCell (https://www.bioinf.jku.at/publications/older/2604.pdf), a cell of `rnn`. With i, f, c̃ and o the four
 * parts of W x + R h + b, and σ the `recurrentActivation`: c ← σ(f) c + σ(i) activation(c̃), h ← σ(o) activation(c). Its
 * states are h and c, each [batch, units].
 *
 * @throws GraftError when `units` is no positive integer, or a rate is not ≥ 0 and < 1
 * @example
 * import { lstmCell, rnn } from '@graftjs/layers';
 * rnn({ cell: [lstmCell({ units: 8 }), lstmCell({ units: 4 })] });
 */
export function lstmCell(args: LSTMCellArgs): GraftLSTMCell {
  return new GraftLSTMCell(args);
}
