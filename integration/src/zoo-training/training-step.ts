// One training step of a model of the zoo, on whatever backend is set: the loss, and the gradients' lengths. It runs in a
// browser as well.

import * as tf from '@tensorflow/tfjs-core';
import type { Dataset } from '@graftjs/core';
import { type ModelName, type ModelOptions, zooModel } from '@graftjs/model-zoo';
import { fillByFormula, formulaTensor } from '@graftjs/test-utils/formula-weights';
import { fit } from '@graftjs/training';

/** The step of Keras in reference/fixtures/zoo. */
export interface KerasStep {
  readonly model: ModelName;
  readonly options: ModelOptions;
  readonly loss: number;
  /** By weight, in the order of the model's layers; 0 where the loss cannot depend on it. */
  readonly gradientNorms: readonly number[];
}

const labels = [3, 7];

/** SGD that keeps the length of each gradient that it applies. */
class ObservedSGD extends tf.SGDOptimizer {
  readonly norms = new Map<string, number>();

  override applyGradients(gradients: { name: string; tensor: tf.Tensor }[]): void {
    for (const { name, tensor } of gradients) {
      this.norms.set(
        name,
        tf.tidy(() => tf.norm(tensor).dataSync()[0] as number),
      );
    }
    super.applyGradients(gradients);
  }
}

export async function takeStep({ model, options }: Pick<KerasStep, 'model' | 'options'>) {
  const made = await zooModel(model, { ...options, weights: null });
  fillByFormula(made.layers);
  const [, ...image] = made.inputs[0]?.shape as number[];
  const xs = formulaTensor('inputs', [labels.length, ...image], [-1, 1]);
  const optimizer = new ObservedSGD(0.01);
  const data: Dataset = {
    ...{ examples: labels.length, batches: 1 },
    async *[Symbol.asyncIterator]() {
      yield { xs, ys: tf.tensor1d(labels, 'int32') };
    },
  };
  const loss = 'sparseCategoricalCrossentropy';
  const { logs } = await fit(made, data, { optimizer, loss, epochs: 1, runEagerly: true });
  const weights = made.layers.flatMap((layer) => layer.trainableWeights);
  return {
    loss: logs.loss?.[0] ?? NaN,
    weights: weights.map(({ originalName }) => originalName),
    gradientNorms: weights.map(({ name }) => optimizer.norms.get(name)),
  };
}
