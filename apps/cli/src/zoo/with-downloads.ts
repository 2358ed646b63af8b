// Work that may have to download weights: with progress, and from a mirror where one is named.

import { mirror, type WeightsOptions } from '@graftjs/model-zoo';
import { downloadProgress } from '../terminal/download-progress.js';

/** @param url of a mirror, asked before the publisher */
export async function withDownloads<T>(
  url: string | undefined,
  signal: AbortSignal,
  work: (options: WeightsOptions) => Promise<T>,
): Promise<T> {
  const progress = downloadProgress();
  try {
    const { onProgress, log } = progress;
    const providers = url === undefined ? [] : [mirror(url)];
    return await work({ providers, onProgress, log, signal });
  } finally {
    progress.stop();
  }
}
