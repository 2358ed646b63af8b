import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import { expectNoLeak } from '@graftjs/test-utils';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { globalAveragePooling1d } from './global-pooling.js';
import { registerLayers } from './register.js';

beforeAll(registerLayers);

const steps = [[1, 2, 0, 0]];
/** Its output for a step of index i is i. */
const embedding = () =>
  layers.embedding({
    ...{ inputDim: 3, outputDim: 1, maskZero: true, inputLength: 4 },
    weights: [tf.tensor2d([[9], [1], [2]])],
  });
const values = (x: unknown) => Array.from((x as tf.Tensor).dataSync());

/** What a layer's call is told of masks. */
class Witness extends layers.Layer {
  static readonly className = 'Witness';
  seen: unknown;
  override call(inputs: tf.Tensor | tf.Tensor[], { mask }: { mask?: tf.Tensor | null }): tf.Tensor {
    this.seen = mask ? values(mask) : null;
    return [inputs].flat()[0] as tf.Tensor;
  }
}

describe('mendMasks', () => {
  it('hands masks on, also through a model within a model, to where steps end', () => {
    const inner = input({ shape: [4, 1] });
    const twice = layers
      .dense({ units: 1, kernelInitializer: 'ones' })
      .apply(inner) as SymbolicTensor;
    const x = input({ shape: [4] });
    const y = model({ inputs: inner, outputs: twice }).apply(
      embedding().apply(x) as SymbolicTensor,
    );
    const whole = model({
      inputs: x,
      outputs: globalAveragePooling1d().apply(y as SymbolicTensor) as SymbolicTensor,
    });
    expect(values(whole.predict(tf.tensor2d(steps)))).toEqual([1.5]);
    expect(values(whole.apply(tf.tensor2d(steps)))).toEqual([1.5]);
  });

  it('gives no layer the mask of another', () => {
    const x = input({ shape: [4] });
    const pooled = globalAveragePooling1d().apply(embedding().apply(x)) as SymbolicTensor;
    const witness = new Witness({});
    model({ inputs: x, outputs: witness.apply(pooled) as SymbolicTensor }).predict(
      tf.tensor2d(steps),
    );
    expect(witness.seen).toBeNull();
  });

  it('takes one that is given in the call', () => {
    const mask = tf.tensor2d([[1, 0]], [1, 2], 'bool');
    const witness = new Witness({});
    for (let i = 0; i < 2; i++) {
      witness.apply(tf.ones([1, 2, 1]), { mask });
      expect(witness.seen).toEqual([1, 0]);
    }
  });

  it('merges masks where all inputs have one', () => {
    const [a, b, c] = [input({ shape: [4] }), input({ shape: [4] }), input({ shape: [4, 1] })];
    const [ea, eb] = [embedding().apply(a), embedding().apply(b)] as [
      SymbolicTensor,
      SymbolicTensor,
    ];
    const run = (outputs: unknown) => {
      const whole = model({ inputs: [a, b, c], outputs: outputs as SymbolicTensor });
      const xs = [tf.tensor2d(steps), tf.tensor2d([[0, 1, 1, 0]]), tf.ones([1, 4, 1])];
      let y: number[] | null = null;
      tf.tidy(() => {
        const result = whole.apply(xs) as tf.Tensor;
        y = result.kerasMask ? values(result.kerasMask) : null;
      });
      return y;
    };
    expect(run(layers.add().apply([ea, eb]))).toEqual([1, 1, 1, 0]);
    expect(run(layers.add().apply([ea, c, eb]))).toBeNull();
    const joined = layers.concatenate({ axis: 1 }).apply([ea, eb, c]);
    expect(run(joined)).toEqual([1, 1, 0, 0, 0, 1, 1, 0, 1, 1, 1, 1]);
    expect(run(layers.concatenate().apply([ea, eb]))).toEqual([1, 1, 1, 0]);
  });

  it('leaves no tensor behind', async () => {
    const x = input({ shape: [4] });
    const whole = model({
      inputs: x,
      outputs: layers.dropout({ rate: 0.5 }).apply(embedding().apply(x)) as SymbolicTensor,
    });
    const xs = tf.tensor2d(steps);
    await expectNoLeak(() => {
      tf.dispose(whole.predict(xs));
      tf.dispose(whole.apply(xs) as tf.Tensor);
      tf.dispose(whole.apply(xs, { training: true }) as tf.Tensor);
    });
  });
});
