// Every initializer, regularizer, constraint and activation goes to Keras and comes back.

import '@tensorflow/tfjs-backend-cpu';
import { orthogonal, orthogonalRegularizer } from '@graftjs/layers';
import { constraints, initializers, regularizers } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { activation, constraint, initializer, regularizer } from './objects.js';

interface Held {
  getClassName(): string;
  getConfig(): object;
}

const held = (object: Held) => ({ className: object.getClassName(), config: object.getConfig() });
const standard = initializer('GlorotUniform');

describe('objects', () => {
  it.each([
    [standard, initializers.zeros()],
    [standard, initializers.ones()],
    [standard, initializers.constant({ value: 3 })],
    [standard, initializers.randomNormal({ mean: 1, stddev: 2, seed: 4 })],
    [standard, initializers.randomUniform({ minval: -1, maxval: 2, seed: 5 })],
    [standard, initializers.truncatedNormal({ mean: 1, stddev: 2, seed: 6 })],
    [standard, initializers.varianceScaling({ scale: 2, mode: 'fanOut', distribution: 'normal' })],
    [standard, initializers.glorotUniform({ seed: 7 })],
    [standard, initializers.heNormal({ seed: 8 })],
    [standard, orthogonal({ gain: 2, seed: 9 })],
    [standard, initializers.identity({ gain: 3 })],
    [regularizer, regularizers.l1l2({ l1: 0.1, l2: 0.2 })],
    [regularizer, regularizers.l1({ l1: 0.1 })],
    [regularizer, regularizers.l2({ l2: 0.2 })],
    [regularizer, orthogonalRegularizer({ factor: 0.3, mode: 'columns' })],
    [constraint, constraints.maxNorm({ maxValue: 3, axis: 1 })],
    [constraint, constraints.unitNorm({ axis: 1 })],
    [constraint, constraints.nonNeg()],
    [constraint, constraints.minMaxNorm({ minValue: 1, maxValue: 2, rate: 0.5, axis: 1 })],
  ] as const)('bring back %#', (field, object) => {
    const written = JSON.parse(
      JSON.stringify(field.toKeras(held(object as Held), 'it')),
    ) as unknown;
    const again = field.fromKeras(written, 'it') as Held;
    expect(JSON.stringify(held(again))).toBe(JSON.stringify(held(object as Held)));
  });

  it('write a regularizer as Keras does', () => {
    expect(regularizer.toKeras(held(regularizers.l2({ l2: 0.5 }) as Held), 'it')).toEqual({
      module: 'keras.regularizers',
      class_name: 'L1L2',
      config: { l1: 0, l2: 0.5 },
      registered_name: null,
    });
  });

  it('read Keras’s classes that tfjs has under another name', () => {
    const l2 = regularizer.fromKeras({ class_name: 'L2', config: { l2: 0.5 } }, 'it') as Held;
    expect(held(l2)).toEqual({ className: 'L1L2', config: { l1: 0, l2: 0.5 } });
    const glorot = standard.fromKeras(undefined, 'it') as Held;
    expect(glorot.getConfig()).toMatchObject({ mode: 'fanAvg', distribution: 'uniform' });
  });

  it('take nothing for none', () => {
    expect(regularizer.fromKeras(null, 'it')).toBeUndefined();
    expect(constraint.fromKeras(undefined, 'it')).toBeUndefined();
    expect(constraint.toKeras(null, 'it')).toBeNull();
    expect(activation.fromKeras(undefined, 'it')).toBe('linear');
  });

  it('refuse what the other side lacks', () => {
    expect(() => constraint.toKeras({ className: 'Mine', config: {} }, 'it')).toThrow(
      'it is of class Mine, which is not supported (known: MaxNorm, UnitNorm, NonNeg, MinMaxNorm)',
    );
    expect(() => activation.toKeras('hardSigmoid', 'it')).toThrow(
      'it is hard_sigmoid of Keras 2, which Keras 3 lacks',
    );
    expect(() => regularizer.fromKeras('l2', 'it')).toThrow('an object with class_name and config');
  });
});
