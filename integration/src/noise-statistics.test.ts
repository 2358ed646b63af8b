// Dropout and its kin drop as often as they say, and scale as they say: called by themselves, and in fit, where the numbers
// come from elsewhere. What is measured must lie within five standard deviations of what it ought to be, so that a right
// layer fails one of these checks with a probability of less than 6e-7; seeds are given, so that it then always does.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import * as graft from '@graftjs/layers';
import { SGD } from '@graftjs/optimizers';
import { importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { fit } from '@graftjs/training';

type Layer = layers.layers.Layer;
const { layers: l } = layers;

const DEVIATIONS = 5;
const rate = 0.3;
const stddev = 0.4;

interface Noise {
  make(seed: number): Layer;
  /** Of a batch of ones. */
  shape: number[];
  /** How many values of it are drawn. */
  units: number;
  /** What a 1 becomes: values and their probabilities, or mean and standard deviation of a normal distribution. */
  becomes: [value: number, probability: number][] | { mean: number; deviation: number };
}

const dropout: Noise['becomes'] = [
  [0, rate],
  [1 / (1 - rate), 1 - rate],
];
const saturated = -1.0507009873554805 * 1.6732632423543772;
const alphaScale = ((1 - rate) * (1 + rate * saturated ** 2)) ** -0.5;
const alpha = (value: number) => alphaScale * (value - saturated * rate);

const noises: Record<string, Noise> = {
  dropout: {
    make: (seed) => l.dropout({ rate, seed }),
    ...{ shape: [40, 5, 20], units: 4000, becomes: dropout },
  },
  spatialDropout1d: {
    make: (seed) => l.spatialDropout1d({ rate, seed }),
    ...{ shape: [200, 3, 20], units: 4000, becomes: dropout },
  },
  spatialDropout2d: {
    make: (seed) => graft.spatialDropout2d({ rate, seed }),
    ...{ shape: [200, 2, 3, 20], units: 4000, becomes: dropout },
  },
  spatialDropout3d: {
    make: (seed) => graft.spatialDropout3d({ rate, seed }),
    ...{ shape: [200, 2, 1, 2, 20], units: 4000, becomes: dropout },
  },
  stochasticDepth: {
    make: (seed) => graft.stochasticDepth({ dropPathRate: rate, seed }),
    ...{ shape: [2000, 2, 3], units: 2000, becomes: dropout },
  },
  alphaDropout: {
    make: (seed) => graft.alphaDropout({ rate, seed }),
    shape: [40, 5, 20],
    units: 4000,
    becomes: [
      [alpha(saturated), rate],
      [alpha(1), 1 - rate],
    ],
  },
  gaussianDropout: {
    make: (seed) => graft.gaussianDropout({ rate, seed }),
    shape: [40, 5, 20],
    units: 4000,
    becomes: { mean: 1, deviation: Math.sqrt(rate / (1 - rate)) },
  },
  gaussianNoise: {
    make: (seed) => graft.gaussianNoise({ stddev, seed }),
    ...{ shape: [40, 5, 20], units: 4000, becomes: { mean: 1, deviation: stddev } },
  },
};

/** Mean, variance, and the fourth moment about the mean. */
function momentsOf(becomes: Noise['becomes']): [number, number, number] {
  if (!Array.isArray(becomes)) {
    const { mean, deviation } = becomes;
    return [mean, deviation ** 2, 3 * deviation ** 4];
  }
  const sum = (of: (value: number) => number) =>
    becomes.reduce((total, [value, probability]) => total + of(value) * probability, 0);
  const mean = sum((value) => value);
  return [mean, sum((value) => (value - mean) ** 2), sum((value) => (value - mean) ** 4)];
}

function expectMoments(mean: number, square: number, { becomes }: Noise, draws: number): void {
  const [expected, variance, fourth] = momentsOf(becomes);
  const deviation = Math.sqrt(variance / draws);
  expect(Math.abs(mean - expected) / deviation, 'mean').toBeLessThan(DEVIATIONS);
  const spread = square - 2 * expected * mean + expected ** 2;
  const ofSpread = Math.sqrt((fourth - variance ** 2) / draws);
  expect(Math.abs(spread - variance) / ofSpread, 'variance').toBeLessThan(DEVIATIONS);
}

/** Whether something happened in so many of so many cases as it would with a probability. */
function expectShare(count: number, draws: number, probability: number, what: string): void {
  const deviation = Math.sqrt(draws * probability * (1 - probability));
  expect(Math.abs(count - draws * probability) / deviation, what).toBeLessThan(DEVIATIONS);
}

const noisy = (layer: Layer, shape: number[]) =>
  tf.tidy(() =>
    Array.from((layer.apply(tf.ones(shape), { training: true }) as tf.Tensor).dataSync()),
  );

/** Trains a model that is a noise and a factor of 1, at a rate of 0, and gives what is measured of its outputs. */
async function inFit(layer: Layer, shape: number[], steps: number) {
  const [, ...ofOne] = shape;
  const model = layers.sequential({
    layers: [
      l.inputLayer({ inputShape: ofOne }),
      layer,
      graft.layerScale({ initValues: 1, projectionDim: shape.at(-1) as number }),
    ],
  });
  const value = (_: tf.Tensor, y: tf.Tensor) => y;
  const square = (_: tf.Tensor, y: tf.Tensor) => tf.square(y);
  const zeros = (_: tf.Tensor, y: tf.Tensor) => tf.cast(tf.equal(y, 0), 'float32');
  const [xs, ys] = [tf.ones(shape), tf.zeros([shape[0] as number])];
  const { logs, engine } = await fit(model, tensorDataset(xs, ys, shape[0] as number), {
    optimizer: new SGD({ learningRate: 0 }),
    loss: (_, { predictions }) => tf.mean(tf.reshape(predictions, [shape[0] as number, -1]), 1),
    ...{ metrics: [value, square, zeros], epochs: steps },
  });
  tf.dispose([xs, ys]);
  model.dispose();
  const means = Object.fromEntries(
    Object.entries(logs).map(([name, list]) => [name, list.reduce((a, b) => a + b) / steps]),
  );
  return { logs, engine, means };
}

const hasTensorFlow = await importTensorFlow();
if (hasTensorFlow) registerNodeBackend();
const backends = [
  { backend: 'cpu', engine: 'eager' },
  { backend: 'tensorflow', engine: 'graph' },
].filter(({ backend }) => hasTensorFlow || backend !== 'tensorflow');

describe.each(backends)('on $backend', ({ backend, engine }) => {
  beforeAll(async () => expect(await tf.setBackend(backend)).toBe(true));

  it.each(Object.keys(noises))('%s by itself', (name) => {
    const noise = noises[name] as Noise;
    const { shape, units, becomes } = noise;
    const y = noisy(noise.make(1), shape);
    const mean = y.reduce((a, b) => a + b) / y.length;
    const square = y.reduce((a, b) => a + b * b, 0) / y.length;
    expectMoments(mean, square, noise, units);
    if (Array.isArray(becomes)) {
      for (const [value, probability] of becomes) {
        const found = y.filter((each) => Math.abs(each - value) < 1e-6).length;
        expectShare((found / y.length) * units, units, probability, `how often ${value}`);
      }
      const known = ([value]: [number, number]) => value;
      const others = y.filter((v) => becomes.map(known).every((k) => Math.abs(v - k) >= 1e-6));
      expect(others).toEqual([]);
    } else {
      // The distribution function of the normal distribution.
      const quantiles = { '-2': 0.02275, '-1': 0.158655, 0: 0.5, 1: 0.841345, 2: 0.97725 };
      for (const [at, probability] of Object.entries(quantiles)) {
        const limit = becomes.mean + Number(at) * becomes.deviation;
        expectShare(y.filter((v) => v < limit).length, units, probability, `below ${at}`);
      }
    }
  });

  it.each(Object.keys(noises))(
    '%s in fit, where each step has numbers of its own',
    async (name) => {
      const noise = noises[name] as Noise;
      const run = () => inFit(noise.make(1), noise.shape, 6);
      const { logs, means, ...rest } = await run();
      expect(rest.engine).toMatchObject({ name: engine });
      // Two steps may happen to drop as much.
      expect(new Set(logs.value).size).toBeGreaterThan(3);
      expectMoments(means.value as number, means.square as number, noise, noise.units * 6);
      // The same seed gives the same numbers.
      expect((await run()).logs).toEqual(logs);
    },
  );

  it.each(Object.keys(noises).filter((name) => !/^dropout|1d$/.test(name)))(
    '%s draws by its seed, and other numbers in each call',
    (name) => {
      const { make, shape } = noises[name] as Noise;
      const [a, b, c] = [make(1), make(1), make(2)];
      const [first, second] = [noisy(a, shape), noisy(a, shape)];
      expect(second).not.toEqual(first);
      expect([noisy(b, shape), noisy(b, shape)]).toEqual([first, second]);
      expect(noisy(c, shape)).not.toEqual(first);
    },
  );

  describe('dropBlock2d', () => {
    const [height, width, block] = [10, 8, 3];
    const shape = [60, height, width, 10];
    const gamma =
      (rate * height * width) / block ** 2 / ((height - block + 1) * (width - block + 1));
    /** Of each place: from how many corners a block reaches it. */
    const reaching = (place: number, length: number) =>
      Math.min(place, length - block) - Math.max(place - block + 1, 0) + 1;
    const places = Array.from({ length: height * width }, (_, i) => {
      const [row, column] = [Math.floor(i / width), i % width];
      return 1 - (1 - gamma) ** (reaching(row, height) * reaching(column, width));
    });
    const expected = places.reduce((a, b) => a + b) / places.length;
    const make = (seed: number) => graft.dropBlock2d({ rate, blockSize: block, seed });

    it('by itself drops each place with its probability, and keeps the mean', () => {
      const y = noisy(make(1), shape);
      expect(y.reduce((a, b) => a + b) / y.length).toBeCloseTo(1, 5);
      const maps = 600;
      const holes = places.map(() => 0);
      y.forEach((value, i) => {
        const place = Math.floor(i / 10) % places.length;
        if (value === 0) holes[place] = (holes[place] as number) + 1;
      });
      for (const [i, count] of holes.entries())
        expectShare(count, maps, places[i] as number, `place ${i}`);
      // Somewhat less than the rate, by what overlaps.
      expect(expected).toBeGreaterThan(0.8 * rate);
      expect(expected).toBeLessThan(rate);
    });

    it('in fit drops as much, and trains in the compiled step where there is one', async () => {
      const steps = 6;
      const { logs, means, ...rest } = await inFit(make(1), shape, steps);
      expect(rest.engine).toMatchObject({ name: engine });
      expect(means.value).toBeCloseTo(1, 5);
      expect(new Set(logs.zeros).size).toBe(steps);
      // A place hangs together with those alone that a block reaches as well: a bound of the variance of a map's share.
      const together = (2 * block - 1) ** 2 / places.length;
      const variance = Math.max(...places.map((p) => p * (1 - p))) * together;
      const deviation = Math.sqrt(variance / (600 * steps));
      expect(Math.abs((means.zeros as number) - expected) / deviation).toBeLessThan(DEVIATIONS);
    });
  });
});
