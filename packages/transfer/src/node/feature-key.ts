// Under what name features are kept: another base, other weights or other data have another name.

import { createHash } from 'node:crypto';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { invalidArgument, leafLayers } from '@graftjs/core';

/**
 * A hash of the base's layers and weights, and of what the caller says of the data.
 *
 * @throws GraftError for an identity that JSON does not hold
 */
export async function featureKey(
  base: LayersModel,
  { identity, variants }: { readonly identity: unknown; readonly variants: number },
): Promise<string> {
  const text = JSON.stringify(identity) as string | undefined;
  if (text === undefined) throw invalidArgument('identity', 'a value that JSON can hold', identity);
  const hash = createHash('sha256');
  hash.update(JSON.stringify(['features 1', text, variants, base.getConfig()]));
  for (const { layer } of leafLayers(base)) {
    for (const weight of layer.weights) {
      const values = await weight.read().data();
      hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    }
  }
  return hash.digest('hex').slice(0, 32);
}
