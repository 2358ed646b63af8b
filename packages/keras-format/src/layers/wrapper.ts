// Layers made of another one, which inner-layers.ts says where to find.

import { bidirectional, timeDistributed } from '@graftjs/layers';
import { same } from '../fields.js';
import { entry, type LayerClasses } from './layer-class.js';
import { withStates } from './recurrent.js';

const mergeModes: readonly unknown[] = ['concat', 'sum', 'mul', 'ave', null];
const mergeMode = same('concat, sum, mul, ave or null', (mode) => mergeModes.includes(mode));

export const wrapperLayers: LayerClasses = {
  Bidirectional: entry(bidirectional, { merge_mode: mergeMode }, withStates),
  TimeDistributed: entry(timeDistributed, {}),
};
