// Graft from CommonJS.

const assert = require('node:assert/strict');
require('@tensorflow/tfjs-backend-cpu');
const { assertOneCopy, entries } = require('./inspect.cjs');
const { train } = require('./train.cjs');

assertOneCopy();
for (const entry of entries()) {
  assert.ok(Object.keys(require(entry)).length > 0, `${entry} exports nothing`);
}
train({
  tf: require('@tensorflow/tfjs-core'),
  tfl: require('@tensorflow/tfjs-layers'),
  optimizers: require('@graftjs/optimizers'),
  schedules: require('@graftjs/schedules'),
  training: require('@graftjs/training'),
}).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
