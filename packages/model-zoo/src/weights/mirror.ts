// Places behind HTTP: the publisher, and mirrors of a team's own.

import { invalidArgument } from '@graftjs/core';
import { download, type Patience } from './download.js';
import type { WeightsFile } from './model-entry.js';
import { mismatch } from './verify.js';
import type { WeightsProvider, WeightsWatch } from './weights-provider.js';
import { thisHost } from './weights-store.js';

/**
 * A folder on a server that holds the files under their names: `resnet50_weights_tf_dim_ordering_tf_kernels.h5` and so on.
 * `graft zoo pull NAME --out FOLDER` fills one.
 *
 * @param url of the folder
 * @throws GraftError when it is no URL
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { mirror } from '@graftjs/model-zoo';
 * const ours = mirror('https://weights.example.com/keras');
 * console.log(ours.name); // https://weights.example.com/keras
 */
export function mirror(url: string | URL): WeightsProvider {
  const folder = String(url).replace(/\/*$/, '');
  if (!URL.canParse(folder)) throw invalidArgument('url', 'a URL', String(url));
  return httpProvider(folder, ({ name }) => `${folder}/${encodeURIComponent(name)}`);
}

/** The host where Keras has its files, or whoever else published one. */
export const publisher = httpProvider('its publisher', ({ url }) => url);

/** A provider that downloads, and that goes on where an earlier download was broken off. */
export function httpProvider(
  name: string,
  urlOf: (file: WeightsFile) => string | undefined,
  patience?: Patience,
): WeightsProvider {
  return {
    name,
    async read(file, watch) {
      const url = urlOf(file);
      if (url === undefined) return undefined;
      const found = await fetchFile(file, url, name, watch, patience);
      if (!found?.resumed || (await mismatch(file, found.bytes)) === undefined) return found?.bytes;
      // The old part may have been damaged; the whole file need not be.
      watch.log?.(
        `${file.name}: what an earlier download has left does not fit, so it begins anew`,
      );
      return (await fetchFile(file, url, name, watch, patience))?.bytes;
    },
  };
}

async function fetchFile(
  file: WeightsFile,
  url: string,
  source: string,
  { onProgress, signal, log }: WeightsWatch,
  patience: Patience | undefined,
): Promise<{ bytes: Uint8Array; resumed: boolean } | undefined> {
  const { store } = await thisHost();
  const part = await store.readPart(file.name).catch(() => undefined);
  const found = await download(url, {
    ...{ signal, patience },
    part: part?.origin.startsWith(`${url} `) ? part : undefined,
    onProgress: (received, total) => {
      const progress = { file: file.name, source, received };
      onProgress?.(total === undefined ? progress : { ...progress, total });
    },
    onBroken: async (broken) => {
      // The user learns why the download failed; that its beginning could not be kept is second to that.
      await store.keepPart(file.name, broken).catch((error: unknown) => {
        log?.(`the beginning of ${file.name} could not be kept: ${(error as Error).message}`);
      });
    },
  });
  if (part !== undefined) await store.dropPart(file.name);
  return found;
}
