// Constraints hold to 1e-6 after every step: in fit, op by op and as a graph, and by stockConstraints in tfjs-layers' own fit.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { Adam, Lookahead, SAM, SGD, type RuleOptimizer } from '@graftjs/optimizers';
import { tensorDataset } from '@graftjs/test-utils';
import { fit, stockConstraints } from '@graftjs/training';
import { waysOfSteps } from './engines.js';

type Constraint = ReturnType<typeof layers.constraints.maxNorm>;
const { constraints, layers: l } = layers;
const TOLERANCE = 1e-6;
const STEPS = 6;

interface Case {
  make(axis: number[]): Constraint;
  /** Whether it holds for the values of a unit. */
  holds(values: readonly number[]): boolean;
}

const norm = (values: readonly number[]) => Math.hypot(...values);
const cases: Record<string, Case> = {
  maxNorm: {
    make: (axis) => constraints.maxNorm({ maxValue: 0.3, axis: axis as never }),
    holds: (values) => norm(values) <= 0.3 + TOLERANCE,
  },
  unitNorm: {
    make: (axis) => constraints.unitNorm({ axis: axis as never }),
    holds: (values) => Math.abs(norm(values) - 1) <= TOLERANCE,
  },
  nonNeg: {
    make: () => constraints.nonNeg(),
    holds: (values) => values.every((value) => value >= 0),
  },
  minMaxNorm: {
    make: (axis) => constraints.minMaxNorm({ minValue: 0.8, maxValue: 0.9, axis: axis as never }),
    holds: (values) => norm(values) >= 0.8 - TOLERANCE && norm(values) <= 0.9 + TOLERANCE,
  },
};

/** A filter, whose units span three axes, and a matrix. */
function network(constraint?: Case['make']): layers.LayersModel {
  const own = (axis: number[], seed: number) => ({
    kernelInitializer: layers.initializers.glorotUniform({ seed }),
    ...(constraint && { kernelConstraint: constraint(axis) }),
  });
  return layers.sequential({
    layers: [
      l.conv2d({ filters: 3, kernelSize: 2, inputShape: [4, 4, 2], ...own([0, 1, 2], 1) }),
      l.flatten(),
      l.dense({ units: 2, ...own([0], 2) }),
    ],
  });
}

/** The values of each unit of both kernels. */
function units(model: layers.LayersModel): number[][] {
  const kernels = model.getWeights().filter(({ rank }) => rank > 1);
  return kernels.flatMap((kernel) =>
    tf.tidy(() => {
      const columns = kernel.shape.at(-1) as number;
      return tf.transpose(tf.reshape(kernel, [-1, columns])).arraySync() as number[][];
    }),
  );
}

const optimizers: Record<string, () => RuleOptimizer> = {
  SGD: () => new SGD({ learningRate: 0.3, momentum: 0.9 }),
  Adam: () => new Adam({ learningRate: 0.2 }),
  'a moving average': () => new Adam({ learningRate: 0.2, useEma: true, emaOverwriteFrequency: 3 }),
  Lookahead: () => new Lookahead(new SGD({ learningRate: 0.3 }), { syncPeriod: 2 }),
  SAM: () => new SAM(new SGD({ learningRate: 0.3 })),
};

describe.each(await waysOfSteps())('$way', ({ backend, runEagerly }) => {
  let xs: tf.Tensor;
  let ys: tf.Tensor;
  beforeAll(async () => {
    expect(await tf.setBackend(backend)).toBe(true);
    xs = tf.randomNormal([8, 4, 4, 2], 0, 1, 'float32', 3);
    ys = tf.randomNormal([8, 2], 0, 1, 'float32', 4);
  });

  /** One batch, so that an epoch is a step: the weights are current at its end. */
  async function trained(model: layers.LayersModel, optimizer: RuleOptimizer) {
    const seen: number[][][] = [];
    const { engine } = await fit(model, tensorDataset(xs, ys, 8), {
      ...{ optimizer, loss: 'meanSquaredError' as const, epochs: STEPS, runEagerly },
      callbacks: [{ onEpochEnd: () => void seen.push(units(model)) }],
    });
    expect(engine?.name).toBe(runEagerly ? 'eager' : 'graph');
    expect(seen).toHaveLength(STEPS);
    return seen;
  }

  it.each(Object.keys(cases))('%s holds after every step of fit', async (name) => {
    const { make, holds } = cases[name] as Case;
    for (const optimizer of Object.values(optimizers)) {
      for (const step of await trained(network(make), optimizer()))
        expect(step.filter((values) => !holds(values))).toEqual([]);
    }
  });

  it('none of them holds by itself', async () => {
    const seen = (await trained(network(), new SGD({ learningRate: 0.3 }))).flat();
    for (const { holds } of Object.values(cases)) expect(seen.every(holds)).toBe(false);
  });

  if (!runEagerly) return;

  it.each(Object.keys(cases))('%s holds after every step of stock model.fit', async (name) => {
    const { make, holds } = cases[name] as Case;
    for (const optimizer of [tf.train.momentum(0.1, 0.9), new Adam({ learningRate: 0.2 })]) {
      const model = network(make);
      model.compile({ optimizer, loss: 'meanSquaredError' });
      const steps: number[][][] = [];
      const look = { onBatchEnd: () => void steps.push(units(model)) };
      const callbacks = [stockConstraints(model), look];
      await model.fit(xs, ys, { batchSize: 4, epochs: 3, verbose: 0, callbacks });
      expect(steps).toHaveLength(6);
      for (const step of steps) expect(step.filter((values) => !holds(values))).toEqual([]);
    }
  });
});
