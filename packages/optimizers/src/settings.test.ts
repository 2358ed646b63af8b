// The settings that optimizers refuse.

import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import {
  AdaBelief,
  Adadelta,
  Adafactor,
  Adagrad,
  Adamax,
  Ftrl,
  Lamb,
  LARS,
  Lion,
  Muon,
  Nadam,
  Prodigy,
  RAdam,
  ScheduleFreeAdamW,
} from './index.js';

const inUnit = (name: string, value: unknown) =>
  `${name} must be a number in [0, 1). Received: ${String(value)}`;
const above0 = (name: string, value: unknown) =>
  `${name} must be a number above 0. Received: ${String(value)}`;
const notNegative = (name: string, value: unknown) =>
  `${name} must be a finite number ≥ 0. Received: ${String(value)}`;

it.each<[() => unknown, string]>([
  [() => new AdaBelief({ beta1: 1 }), inUnit('beta1', 1)],
  [() => new AdaBelief({ epsilon: 0 }), above0('epsilon', 0)],
  [() => new Adadelta({ rho: 1 }), inUnit('rho', 1)],
  [() => new Adafactor({ epsilon2: 0 }), above0('epsilon2', 0)],
  [
    () => new Adafactor({ beta2Decay: 0 }),
    'beta2Decay must be a finite number below 0. Received: 0',
  ],
  [() => new Adagrad({ initialAccumulatorValue: -1 }), notNegative('initialAccumulatorValue', -1)],
  [() => new Adagrad({ epsilon: -1 }), above0('epsilon', -1)],
  [() => new Adamax({ beta2: 2 }), inUnit('beta2', 2)],
  [() => new Ftrl({ beta: -1 }), notNegative('beta', -1)],
  [
    () => new Ftrl({ learningRatePower: 1 }),
    'learningRatePower must be a finite number ≤ 0. Received: 1',
  ],
  [() => new Lamb({ beta1: NaN }), inUnit('beta1', NaN)],
  [() => new LARS({ trustCoefficient: 0 }), above0('trustCoefficient', 0)],
  [
    () => new LARS({ momentum: 0, nesterov: true }),
    'momentum must be above 0 where nesterov is true. Received: 0',
  ],
  [() => new Lion({ beta1: 0 }), 'beta1 must be a number in (0, 1]. Received: 0'],
  [() => new Lion({ beta2: 1 }), inUnit('beta2', 1)],
  [() => new Muon({ nsSteps: 0 }), 'nsSteps must be a positive integer. Received: 0'],
  [() => new Muon({ adamLrRatio: -1 }), notNegative('adamLrRatio', -1)],
  [() => new Muon({ adamBeta1: 1 }), inUnit('adamBeta1', 1)],
  [() => new Nadam({ epsilon: 0 }), above0('epsilon', 0)],
  [() => new Prodigy({ d0: 0 }), above0('d0', 0)],
  [() => new Prodigy({ beta3: 1 }), inUnit('beta3', 1)],
  [() => new RAdam({ beta2: 1 }), inUnit('beta2', 1)],
  [() => new ScheduleFreeAdamW({ beta1: 0 }), above0('beta1', 0)],
  [() => new ScheduleFreeAdamW({ warmupSteps: -1 }), notNegative('warmupSteps', -1)],
])('%o', (make, message) => {
  expect(make).toThrow(message);
});
