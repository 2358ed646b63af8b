// Activation functions.

import type { Activation } from '../graph/activation.js';
import type { ActivationNode } from '../graph/node.js';
import { namesOf, takesFirst, type Emission } from './emission.js';
import { float, type OnnxGraph } from './onnx-graph.js';

export function emitActivation(emission: Emission, node: ActivationNode): void {
  const { onnx, layouts } = emission;
  const isFirst = takesFirst(emission, node.inputs);
  const [x] = namesOf(emission, node.inputs, isFirst) as [string];
  activate(onnx, node.activation, x, layouts.outputName(node.output, isFirst));
  layouts.give(node.output, isFirst);
}

const operators = {
  relu: 'Relu',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  exp: 'Exp',
  softplus: 'Softplus',
  softsign: 'Softsign',
  selu: 'Selu',
  mish: 'Mish',
} as const;

/** Adds what makes `output` of `x`. */
export function activate(onnx: OnnxGraph, activation: Activation, x: string, output: string): void {
  switch (activation.kind) {
    case 'clip': {
      const [min, max] = [activation.min, activation.max].map((end) => onnx.scalar(end));
      onnx.node('Clip', [x, min, max], output);
      return;
    }
    case 'leakyRelu':
      onnx.node('LeakyRelu', [x], output, { alpha: float(activation.alpha) });
      return;
    case 'elu':
      onnx.node('Elu', [x], output, { alpha: float(activation.alpha) });
      return;
    case 'hardSigmoid': {
      const { alpha, beta } = activation;
      onnx.node('HardSigmoid', [x], output, { alpha: float(alpha), beta: float(beta) });
      return;
    }
    case 'step': {
      const isAbove = onnx.node('Greater', [x, onnx.scalar(0)], `${output}/above`);
      onnx.node('Cast', [isAbove], output, { to: 1 });
      return;
    }
    case 'gelu':
      gelu(onnx, activation.approximate, x, output);
      return;
    case 'swish':
      onnx.node('Mul', [x, onnx.node('Sigmoid', [x], `${output}/gate`)], output);
      return;
    default:
      onnx.node(operators[activation.kind], [x], output);
  }
}

/** x / 2 · (1 + erf(x / √2)), or 1 + tanh(√(2 / π) · (x + 0.044715 x³)) for the second factor. */
function gelu(onnx: OnnxGraph, approximate: boolean, x: string, output: string): void {
  const step = (op: string, inputs: string[], name: string) =>
    onnx.node(op, inputs, `${output}/${name}`);
  let inner: string;
  if (approximate) {
    const cube = step('Mul', [step('Mul', [x, x], 'square'), x], 'cube');
    const bent = step('Mul', [cube, onnx.scalar(0.044715)], 'bent');
    const sum = step('Add', [x, bent], 'sum');
    inner = step(
      'Tanh',
      [step('Mul', [sum, onnx.scalar(Math.sqrt(2 / Math.PI))], 'scaled')],
      'tanh',
    );
  } else {
    inner = step('Erf', [step('Div', [x, onnx.scalar(Math.SQRT2)], 'scaled')], 'erf');
  }
  const gate = step('Add', [inner, onnx.scalar(1)], 'gate');
  onnx.node('Mul', [step('Mul', [x, gate], 'gated'), onnx.scalar(0.5)], output);
}
