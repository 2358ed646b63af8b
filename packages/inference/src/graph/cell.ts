// The cells of recurrent layers. With W x + b and R h + b′ the products of the input and of the last output, in parts side by side:

import type { Activation } from './activation.js';

/** No activation is x itself. */
export type Cell = SimpleCell | GruCell | LstmCell;

/** h ← activation(W x + b + R h + b′) */
interface SimpleCell {
  readonly kind: 'simple';
  readonly activation: Activation | undefined;
}

/**
 * z, r = gate(of the first two parts); h̃ = activation of the third; h ← z h + (1 − z) h̃. The reset gate r is a factor of the
 * third part of R h + b′, or, not `resetAfter`, of the h in it.
 */
export interface GruCell {
  readonly kind: 'gru';
  readonly activation: Activation | undefined;
  readonly gate: Activation | undefined;
  readonly resetAfter: boolean;
}

/** i, f, c̃, o are the four parts; c ← gate(f) c + gate(i) activation(c̃); h ← gate(o) activation(c) */
export interface LstmCell {
  readonly kind: 'lstm';
  readonly activation: Activation | undefined;
  readonly gate: Activation | undefined;
}

/** How many parts there are. */
export const gatesOf = { simple: 1, gru: 3, lstm: 4 } as const;
