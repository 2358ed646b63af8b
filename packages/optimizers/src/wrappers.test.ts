// What is special to the wrappers: what they compute, refuse, and need for their configs.

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import { Adam, Lookahead, RMSprop, SAM, SGD, type RuleOptimizer } from './index.js';

let w: tf.Variable;
beforeEach(() => {
  w = tf.variable(tf.tensor1d([3, 4]), true, 'w');
});
afterEach(() => w.dispose());

const values = (): number[] => Array.from(w.dataSync());
/** Of ‖w‖⁴ / 4: the gradient is ‖w‖²·w. */
const loss = (): tf.Scalar => tf.div(tf.square(tf.sum(tf.square(w))), 4);

it('SAM takes the gradient at a distance of rho uphill', async () => {
  await expectNoLeak(() => {
    const optimizer = new SAM(new SGD({ learningRate: 1 }), { rho: 5 });
    // From (3, 4), of norm 5, to (6, 8), of norm 10: a gradient of 100·(6, 8).
    optimizer.minimize(loss);
    optimizer.dispose();
  });
  expect(values()).toEqual([expect.closeTo(3 - 600, 3), expect.closeTo(4 - 800, 3)]);
});

it('SAM gives the loss of where the model is', () => {
  const optimizer = new SAM(new SGD(), { rho: 5 });
  const value = optimizer.minimize(loss, true) as tf.Scalar;
  expect(value.dataSync()[0]).toBeCloseTo(625 / 4, 3);
  value.dispose();
});

it('SAM stays where there is no slope', () => {
  new SAM(new SGD({ learningRate: 1 })).minimize(() => tf.sum(tf.mul(w, 0)));
  expect(values()).toEqual([3, 4]);
});

it('SAM leaves weights and tensors as they were where the second pass fails', async () => {
  const optimizer = new SAM(new SGD());
  let passes = 0;
  const failing = () => {
    if (passes++ > 0) throw new Error('the second pass');
    return loss();
  };
  await expectNoLeak(() => expect(() => tf.tidy(() => void optimizer.minimize(failing))).toThrow());
  expect(values()).toEqual([3, 4]);
});

it('Lookahead goes half the way of its fast weights, and is evaluated there', async () => {
  const optimizer = new Lookahead(new SGD({ learningRate: 1 }), { syncPeriod: 2 });
  const step = () => tf.tidy(() => optimizer.applyGradients({ w: tf.ones([2]) }));
  step();
  expect(values()).toEqual([2, 3]);
  expect(await optimizer.evaluating(values)).toEqual([3, 4]);
  step();
  expect(values()).toEqual([2, 3]);
  step();
  optimizer.finalize();
  expect(values()).toEqual([2, 3]);
});

it.each<[() => RuleOptimizer, string]>([
  [
    () => new Lookahead(new SGD(), { syncPeriod: 0 }),
    'syncPeriod must be a positive integer. Received: 0',
  ],
  [
    () => new Lookahead(new SGD(), { slowStepSize: 2 }),
    'slowStepSize must be a number in [0, 1]. Received: 2',
  ],
  [() => new SAM(new SGD(), { rho: 0 }), 'rho must be a number above 0. Received: 0'],
  [
    () => new SAM(tf.train.sgd(0.1) as never),
    'optimizer must be one of @graftjs/optimizers. Received: ',
  ],
])('%o is refused', (make, message) => {
  expect(make).toThrow(message);
});

it('an optimizer that has begun cannot be wrapped', () => {
  const optimizer = new Adam();
  tf.tidy(() => optimizer.applyGradients({ w: tf.ones([2]) }));
  expect(() => new Lookahead(optimizer)).toThrow(
    'optimizer must be one that has made no update. Received: 1',
  );
});

it('the class inside must be known to be made again', () => {
  const config = new SAM(new RMSprop()).getConfig();
  expect(() => SAM.fromConfig(SAM as never, config)).toThrow(
    "the optimizer's class GraftRMSprop must be known: call tf.serialization.registerClass",
  );
});

it('the rate and the groups of a wrapper are its own, and in its config', () => {
  const optimizer = new Lookahead(new SGD({ learningRate: 1 }));
  optimizer.learningRate = 0.5;
  optimizer.groups = { a: { variables: ['w'], rateMultiplier: 0.5 } };
  tf.tidy(() => optimizer.applyGradients({ w: tf.ones([2]) }));
  expect(values()).toEqual([2.75, 3.75]);
  expect(optimizer.getConfig()).toMatchObject({
    optimizer: { className: 'GraftSGD', config: { learningRate: 0.5, groups: optimizer.groups } },
  });
});
