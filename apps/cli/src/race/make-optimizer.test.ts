import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import { Adam, SGD } from '@graftjs/optimizers';
import { makeOptimizer } from './make-optimizer.js';

it('makes optimizers with their own settings, and others', () => {
  expect(makeOptimizer('adam').constructor).toBe(Adam);
  expect(makeOptimizer('ADAM').getConfig()).toEqual(new Adam().getConfig());
  const given = makeOptimizer('sgd:momentum=0.5,nesterov=true,weightDecay=0.01,learningRate=0.2');
  const settings = { momentum: 0.5, nesterov: true, weightDecay: 0.01, learningRate: 0.2 };
  expect(given.getConfig()).toEqual(new SGD(settings).getConfig());
  const json = '{"optimizer":"momentum","clipnorm":1}';
  expect(makeOptimizer(json).getConfig()).toMatchObject({ momentum: 0.9, clipnorm: 1 });
});

it('takes another rate, a number or a schedule', () => {
  expect(makeOptimizer('sgd:learningRate=0.2', 0.3).learningRate).toBe(0.3);
  const rate = (step: number) => 1 / (step + 1);
  expect(makeOptimizer('lion', rate).learningRate).toBe(rate);
});

it.each([
  ['adams', 'optimizer must be one of sgd, momentum'],
  ['', 'an optimizer must be a name with options, such as sgd:momentum=0.9'],
  ['{"name":"adam"}', 'an optimizer must be a name with options'],
  ['adam:speed=2', "an option of the optimizer 'adam' must be one of learningRate, "],
  ['sgd:momentum=2', 'momentum must be '],
  ['adam:learningRate=fast', 'rate at step 0 must be a finite number'],
])('refuses "%s"', (text, message) => {
  expect(() => makeOptimizer(text)).toThrow(message);
});
