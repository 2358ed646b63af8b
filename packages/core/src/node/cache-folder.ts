// The folder for what Graft keeps between its runs.

import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder for what Graft keeps: `$GRAFT_CACHE`, else `$XDG_CACHE_HOME/graft`, else `~/.cache/graft`.
 *
 * @example
 * const kept = join(cacheFolder(), 'features');
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const { GRAFT_CACHE, XDG_CACHE_HOME } = env;
  return GRAFT_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'graft');
}
