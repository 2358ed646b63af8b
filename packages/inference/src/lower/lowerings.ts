// What becomes of each class of layers, by its name in Keras.

import { activations } from './activation.js';
import { attentions } from './attention.js';
import { categories } from './categories.js';
import { transposedConvolutions } from './conv-transpose.js';
import { convolutions } from './convolution.js';
import { matrices } from './dense.js';
import { einsums } from './einsum.js';
import { identities } from './identity.js';
import type { Lowering } from './layer-call.js';
import { maskingLayers } from './masking.js';
import { mergings } from './merging.js';
import { normalizations } from './normalization.js';
import { poolings } from './pooling.js';
import { recurrences } from './recurrent.js';
import { recurrentConvolutions } from './recurrent-convolution.js';
import { reshapings } from './reshaping.js';
import { resizings } from './resizing.js';
import { scoredAttentions } from './scored-attention.js';
import { statistics } from './statistics.js';
import { volumes } from './volumes.js';

export const lowerings: Readonly<Record<string, Lowering>> = {
  ...activations,
  ...attentions,
  ...categories,
  ...convolutions,
  ...einsums,
  ...identities,
  ...matrices,
  ...maskingLayers,
  ...mergings,
  ...normalizations,
  ...poolings,
  ...recurrences,
  ...recurrentConvolutions,
  ...reshapings,
  ...resizings,
  ...scoredAttentions,
  ...statistics,
  ...transposedConvolutions,
  ...volumes,
};
