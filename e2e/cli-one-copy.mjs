// The built CLI, run for real, has loaded each part of tfjs once: nothing was inlined, and no second version crept in.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../apps/cli/dist/cli.js', import.meta.url));
assert(existsSync(cli), `${cli} must be built`);
process.argv = [process.execPath, cli, 'doctor', '--json'];
await import(cli);

const loaded = Object.keys(createRequire(cli).cache);
for (const part of ['tfjs-core', 'tfjs-layers']) {
  const copies = loaded.filter((file) => file.includes(`/@tensorflow/${part}/dist/tf-`));
  assert.equal(copies.length, 1, `${part} was loaded from ${copies.join(', ') || 'nowhere'}`);
}
assert.equal(process.exitCode, 0, 'graft doctor must find everything in order');
