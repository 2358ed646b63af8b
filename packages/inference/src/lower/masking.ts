// The layer that says which steps count.

import { inputOf, type Lowering } from './layer-call.js';
import { unmasked } from './masks.js';
import { operationsOf } from './operations.js';

const masking: Lowering = (call) => operationsOf(call).mul(inputOf(call), unmasked(call, true));

export const maskingLayers: Readonly<Record<string, Lowering>> = { Masking: masking };
