// A tiny training run: learns a linear rule in every way that the packages can be loaded.

const assert = require('node:assert/strict');

/** `loaded` holds the modules, however they were loaded. */
exports.train = async function train({ tf, tfl, optimizers, schedules, training }) {
  await tf.setBackend('cpu');
  const model = tfl.sequential();
  model.add(tfl.layers.dense({ units: 1, inputShape: [2] }));
  const learningRate = schedules.cosine({ initialRate: 0.1, decaySteps: 40 });
  const history = await training.fit(model, linearData(tf), {
    optimizer: new optimizers.Adam({ learningRate }),
    loss: 'meanSquaredError',
    epochs: 10,
  });
  const { loss } = history.logs;
  assert.equal(loss.length, 10);
  assert.ok(loss[9] < loss[0] / 2, `the loss did not fall: ${loss.join(', ')}`);
};

/** y = x₀ − 2·x₁, 4 batches of 8. */
function linearData(tf) {
  return {
    batches: 4,
    examples: 32,
    async *[Symbol.asyncIterator]() {
      for (let batch = 0; batch < 4; batch++) {
        const xs = tf.randomUniform([8, 2], -1, 1, 'float32', batch + 1);
        const ys = tf.tidy(() => tf.matMul(xs, tf.tensor2d([1, -2], [2, 1])));
        yield { xs, ys };
      }
    },
  };
}
