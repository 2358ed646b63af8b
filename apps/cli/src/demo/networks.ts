// The networks of the lesson: one body of five SELU layers, and a head for each task.

import * as layers from '@tensorflow/tfjs-layers';
import type { Layer } from '@graftjs/core';

const UNITS = [300, 100, 50, 50, 50];

/** Model A: 784 pixels to the probabilities of 8 classes. */
export function networkA(seed: number): layers.LayersModel {
  const output = dense({ units: 8, activation: 'softmax', name: 'classes', seed: seed + 9 });
  return network('model_a', seed, output);
}

/** Model B from scratch: 784 pixels to the probability that this is a shirt, not a sandal. */
export function networkB(seed: number): layers.LayersModel {
  return network('model_b', seed, shirtHead(seed));
}

/** The output layer of model B. */
export function shirtHead(seed: number): Layer {
  return dense({ units: 1, activation: 'sigmoid', name: 'shirt', seed: seed + 9 });
}

function network(name: string, seed: number, output: Layer): layers.LayersModel {
  const input = layers.input({ shape: [784], name: `${name}_pixels` });
  let x = input;
  for (const [i, units] of UNITS.entries()) {
    const options = { units, activation: 'selu', name: `hidden_${i + 1}`, seed: seed + i } as const;
    x = dense(options).apply(x) as layers.SymbolicTensor;
  }
  const outputs = output.apply(x) as layers.SymbolicTensor;
  return layers.model({ inputs: input, outputs, name });
}

interface DenseOptions {
  units: number;
  activation: 'selu' | 'softmax' | 'sigmoid';
  name: string;
  seed: number;
}

function dense({ seed, ...options }: DenseOptions): Layer {
  // Keras's default; that of tfjs-layers is glorotNormal.
  const kernelInitializer = layers.initializers.glorotUniform({ seed });
  return layers.layers.dense({ ...options, kernelInitializer });
}
