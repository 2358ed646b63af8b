// The activation functions of a graph: element by element, with their settings.

export type Activation =
  | { readonly kind: PlainActivation }
  /** x within [min, max]: `relu` with `max` is relu6 and its kin. */
  | { readonly kind: 'clip'; readonly min: number; readonly max: number }
  /** x > 0 ? x : alpha · x */
  | { readonly kind: 'leakyRelu'; readonly alpha: number }
  /** x > 0 ? x : alpha · (eˣ − 1) */
  | { readonly kind: 'elu'; readonly alpha: number }
  /** alpha · x + beta within [0, 1] */
  | { readonly kind: 'hardSigmoid'; readonly alpha: number; readonly beta: number }
  /** The exact one, by the error function, or that by tanh. */
  | { readonly kind: 'gelu'; readonly approximate: boolean };

/** Those without settings; `swish` is x · sigmoid(x), Keras's silu; `step` is 1 where x > 0, else 0. */
export type PlainActivation =
  | 'step'
  | 'relu'
  | 'sigmoid'
  | 'tanh'
  | 'exp'
  | 'softplus'
  | 'softsign'
  | 'selu'
  | 'swish'
  | 'mish';
