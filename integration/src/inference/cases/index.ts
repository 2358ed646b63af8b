// All cases of the tests of layers.

import { ofAttention } from './attention.js';
import type { Cases } from './case.js';
import { withChannelsFirst } from './channels-first.js';
import { graphs } from './graphs.js';
import { ofImages } from './images.js';
import { masked } from './masked.js';
import { ofCells } from './recurrent.js';
import { ofSequences } from './sequences.js';
import { ofValues } from './values.js';
import { ofVolumes } from './volumes.js';

export const cases: Cases = {
  ...ofAttention,
  ...ofCells,
  ...ofImages,
  ...ofSequences,
  ...ofValues,
  ...ofVolumes,
  ...graphs,
  ...masked,
  ...withChannelsFirst,
};
