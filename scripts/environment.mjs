// The environment that child processes see, and the folder that holds this repository.

import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

// npm hands its settings to scripts as npm_config_*, which pnpm would read as its own. How to reach the registry still holds.
const kept =
  /^npm_config_(registry|cafile|ca|proxy|https?_?proxy|noproxy|strict_ssl|userconfig|globalconfig|cache)$/i;

/** A copy of `source` without what npm adds, and with the telemetry of the tools switched off. */
export function cleanEnvironment(source) {
  const own = Object.entries(source).filter(([name]) => !/^npm_/i.test(name) || kept.test(name));
  return {
    ...Object.fromEntries(own),
    DO_NOT_TRACK: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    npm_config_update_notifier: 'false',
  };
}
