// Children of the commands see the caller's environment, less npm's settings.

import { expect, it } from 'vitest';
import { cleanEnvironment } from './environment.mjs';

it('drops what npm adds, and keeps how to reach the registry', () => {
  const kept = {
    HOME: '/home/someone',
    npm_config_registry: 'a registry',
    npm_config_cafile: 'a file',
    npm_config_https_proxy: 'a proxy',
    NPM_CONFIG_USERCONFIG: 'a file',
  };
  const dropped = {
    npm_config_loglevel: 'silent',
    npm_config_frozen_lockfile: 'false',
    npm_lifecycle_event: 'start',
    npm_package_name: 'graft',
    npm_command: 'run',
  };
  const env: Record<string, string | undefined> = cleanEnvironment({ ...kept, ...dropped });
  expect(env).toMatchObject(kept);
  expect(Object.keys(env).filter((name) => name in dropped)).toEqual([]);
});
