// Graft from ES modules.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import * as optimizers from '@graftjs/optimizers';
import * as schedules from '@graftjs/schedules';
import * as training from '@graftjs/training';
import { assertOneCopy, entries } from './inspect.cjs';
import { train } from './train.cjs';

assertOneCopy();
const require = createRequire(import.meta.url);
assert.equal(tf.engine(), require('@tensorflow/tfjs-core').engine());
assert.equal(tf.Optimizer, require('@tensorflow/tfjs-core').Optimizer);
for (const entry of entries()) {
  const attributes = entry.endsWith('.json') ? { with: { type: 'json' } } : {};
  assert.ok(Object.keys(await import(entry, attributes)).length > 0, `${entry} exports nothing`);
}
await train({ tf, tfl, optimizers, schedules, training });
