import '@tensorflow/tfjs-backend-cpu';
import * as layers from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { leafLayers, type Layer } from '@graftjs/core';
import { cutAt } from './cut.js';
import { discriminativeRates } from './discriminative-rates.js';
import { freezeTo } from './freeze-to.js';
import { layerGroups } from './layer-groups.js';

const { add, batchNormalization, conv2d, dense, dropout, flatten } = layers.layers;
const { globalAveragePooling2d, maxPooling2d, rescaling, reLU } = layers.layers;

type Tensor = layers.SymbolicTensor;
const conv = (name: string, strides = 1) =>
  conv2d({ filters: 2, kernelSize: 3, padding: 'same', strides, name });
const chain = (x: Tensor, ...list: Layer[]): Tensor =>
  list.reduce((y, layer) => layer.apply(y) as Tensor, x);
const image = (size: number | null = 8) => layers.input({ shape: [size, size, 3], name: 'image' });
const from = (inputs: Tensor, outputs: Tensor) => layers.model({ inputs, outputs });

/** A stem, two stages of which one has a shortcut, and pooling. */
function residual(inputs: Tensor): Tensor {
  const stem = chain(inputs, conv('stem', 2), batchNormalization({ name: 'stem_bn' }));
  const y = chain(stem, conv('a1'), reLU({ name: 'a1_relu' }), conv('a2'));
  const sum = add({ name: 'a_add' }).apply([stem, y]) as Tensor;
  return chain(sum, conv('b1', 2), conv('b2'), globalAveragePooling2d({ name: 'pool' }));
}

const described = (model: layers.LayersModel) =>
  layerGroups(model).map(({ name, layers: own }) => [name, own.map((layer) => layer.name).join()]);

describe('layerGroups', () => {
  it('is a group for each resolution, and a head', () => {
    const inputs = image();
    const outputs = chain(
      residual(inputs),
      dropout({ rate: 0.5, name: 'drop' }),
      dense({ units: 1, name: 'out' }),
    );
    const expected = [
      ['stem', 'image,stem,stem_bn,a1,a1_relu,a2,a_add'],
      ['b1', 'b1,b2'],
      ['head', 'pool,drop,out'],
    ];
    expect(described(from(inputs, outputs))).toEqual(expected);
  });

  it('tells them by channels where sizes are not known', () => {
    const inputs = image(null);
    const wide = conv2d({ filters: 4, kernelSize: 3, name: 'wide' });
    const outputs = chain(
      inputs,
      conv('a'),
      conv('b'),
      wide,
      globalAveragePooling2d({ name: 'pool' }),
    );
    expect(described(from(inputs, outputs)).map(([name]) => name)).toEqual(['a', 'wide', 'head']);
  });

  it('begins the head where an image is flattened, but not at the start', () => {
    const dense1 = dense({ units: 3, name: 'dense1' });
    const dense2 = dense({ units: 2, name: 'dense2' });
    const pool = maxPooling2d({ poolSize: 2, name: 'half' });
    const flat = flatten({ name: 'flat' });
    const inputs = image();
    expect(
      described(from(inputs, chain(inputs, conv('a'), pool, conv('b'), flat, dense1, dense2))),
    ).toEqual([
      ['a', 'image,a,half'],
      ['b', 'b'],
      ['head', 'flat,dense1,dense2'],
    ]);
    const other = image();
    const mlp = chain(
      other,
      flatten({ name: 'flat' }),
      dense({ units: 3, name: 'x' }),
      dense({ units: 2, name: 'y' }),
    );
    expect(described(from(other, mlp))).toEqual([
      ['x', 'image,flat,x'],
      ['head', 'y'],
    ]);
  });

  it('joins dense layers of one width, and has a head where there is one layer', () => {
    const sequential = (...units: number[]) =>
      layers.sequential({
        layers: units.map((width, i) =>
          dense({ units: width, name: `d${i}`, ...(i === 0 && { inputShape: [5] }) }),
        ),
      });
    expect(described(sequential(4, 3, 3, 2))).toEqual([
      ['d0', 'd0'],
      ['d1', 'd1,d2'],
      ['head', 'd3'],
    ]);
    expect(described(sequential(4))).toEqual([['head', 'd0']]);
  });

  it('finds a base within the model, whatever stands before and after it', () => {
    const inner = image();
    const base = from(inner, residual(inner));
    const input = layers.input({ shape: [8, 8, 3], name: 'photo' });
    const pixels = rescaling({ scale: 1 / 255, name: 'scale' }).apply(input) as Tensor;
    const top = layers.sequential({
      layers: [
        dense({ units: 4, inputShape: [2], name: 'mixed' }),
        dense({ units: 1, name: 'out' }),
      ],
    });
    const model = from(input, chain(base.apply(pixels) as Tensor, top));
    const groups = [
      ['stem', 'photo,scale,image,stem,stem_bn,a1,a1_relu,a2,a_add'],
      ['b1', 'b1,b2,pool'],
      ['head', 'mixed,out'],
    ];
    expect(described(model)).toEqual(groups);
    // One that only wraps a network is divided as that is.
    const outer = layers.input({ shape: [8, 8, 3], name: 'photo' });
    const whole = from(inner, chain(residual(inner), dense({ units: 1, name: 'out' })));
    expect(described(from(outer, whole.apply(outer) as Tensor)).map(([name]) => name)).toEqual([
      'stem',
      'b1',
      'head',
    ]);
  });

  it('has a head that is a model, on layers that are not', () => {
    const inputs = image();
    const top = layers.sequential({ layers: [dense({ units: 1, inputShape: [2], name: 'out' })] });
    expect(described(from(inputs, chain(residual(inputs), top))).at(-1)).toEqual([
      'head',
      'pool,out',
    ]);
  });

  it('looks at this model alone where layers are part of others, too', () => {
    const inputs = image();
    const model = from(inputs, chain(residual(inputs), dense({ units: 1, name: 'out' })));
    expect(described(cutAt(model, 'b2'))).toEqual([
      ['stem', 'image,stem,stem_bn,a1,a1_relu,a2,a_add'],
      ['b1', 'b1'],
      ['head', 'b2'],
    ]);
  });

  it('gives each group a name of its own', () => {
    const model = layers.sequential({
      layers: ['head', 'top'].map((name, i) =>
        dense({ units: 2 - i, name, ...(i === 0 && { inputShape: [5] }) }),
      ),
    });
    expect(described(model)).toEqual([
      ['head_0', 'head'],
      ['head', 'top'],
    ]);
  });
});

describe('freezeTo', () => {
  const trainable = (model: layers.LayersModel) =>
    leafLayers(model).flatMap(({ layer, trainable: trains }) => (trains ? [layer.name] : []));

  it('trains a group and all after it, in a base that was frozen as a whole', () => {
    const inner = image();
    const base = from(inner, residual(inner));
    const input = layers.input({ shape: [8, 8, 3], name: 'photo' });
    const model = from(input, dense({ units: 1, name: 'out' }).apply(base.apply(input)) as Tensor);
    base.trainable = false;
    freezeTo(model, 'b1');
    expect(trainable(model)).toEqual(['b1', 'b2', 'pool', 'out']);
    expect(model.trainableWeights).toHaveLength(6);
    freezeTo(model, -1);
    expect(trainable(model)).toEqual(['out']);
    expect(model.trainableWeights).toHaveLength(2);
    freezeTo(model, 0);
    expect(trainable(model)).toHaveLength(12);
    expect(model.trainableWeights).toHaveLength(14);
  });

  it.each([2, -3, 0.5, NaN, 'c'])('refuses %s', (at) => {
    const model = layers.sequential({
      layers: [dense({ units: 2, inputShape: [5], name: 'a' }), dense({ units: 1 })],
    });
    const text = typeof at === 'string' ? `"${at}"` : String(at);
    expect(() => freezeTo(model, at)).toThrow(
      `at must be the index or name of one of the model's groups (a, head). Received: ${text}`,
    );
    expect(model.trainableWeights).toHaveLength(4);
  });
});

describe('discriminativeRates', () => {
  it('names the variables of each group, whatever tfjs has called them', () => {
    const inputs = image();
    const model = from(inputs, chain(residual(inputs), dense({ units: 1, name: 'out' })));
    const rates = discriminativeRates(layerGroups(model));
    expect(Object.keys(rates)).toEqual(['stem', 'b1', 'head']);
    const named = Object.values(rates).flatMap(({ variables }) => variables);
    expect(named.sort()).toEqual(
      model.weights.map((weight) => (weight.read() as unknown as { name: string }).name).sort(),
    );
    expect(Object.values(rates).map(({ rateMultiplier }) => rateMultiplier)).toEqual([
      0.01, 0.1, 1,
    ]);
  });

  it('is the full rate for a model of one group', () => {
    const model = layers.sequential({ layers: [dense({ units: 1, inputShape: [5] })] });
    expect(discriminativeRates(layerGroups(model))['head']?.rateMultiplier).toBe(1);
  });
});
