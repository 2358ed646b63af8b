// What becomes of each class of layers, by its name in Keras.

import { activations } from './activation.js';
import { transposedConvolutions } from './conv-transpose.js';
import { convolutions } from './convolution.js';
import { matrices } from './dense.js';
import { identities } from './identity.js';
import type { Lowering } from './layer-call.js';
import { mergings } from './merging.js';
import { normalizations } from './normalization.js';
import { poolings } from './pooling.js';
import { reshapings } from './reshaping.js';
import { resizings } from './resizing.js';
import { statistics } from './statistics.js';

export const lowerings: Readonly<Record<string, Lowering>> = {
  ...activations,
  ...convolutions,
  ...identities,
  ...matrices,
  ...mergings,
  ...normalizations,
  ...poolings,
  ...reshapings,
  ...resizings,
  ...statistics,
  ...transposedConvolutions,
};
