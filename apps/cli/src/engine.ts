// The option --engine of the commands that predict: what computes.

import { Option } from 'commander';
import type { InferenceOptions, Predictor } from '@graftjs/inference';

export type Engine = NonNullable<InferenceOptions['engine']>;

export function engineOption(): Option {
  return new Option('--engine <name>', 'what computes: ONNX Runtime is the fastest')
    .choices(['auto', 'onnxruntime', 'tfjs', 'layers'] satisfies Engine[])
    .default('auto' satisfies Engine);
}

/** What the help of such a command says of it. */
export const engineHelp =
  'Of the engines, auto takes ONNX Runtime where it can, and else says why not; layers is the model as it trains.';

const titles = {
  onnxruntime: 'ONNX Runtime',
  tfjs: 'TensorFlow, folded',
  layers: 'TensorFlow, layer by layer',
} as const;

/** For people: `computed by ONNX Runtime`. */
export function engineLine({ name, reason }: Predictor['engine']): string {
  return `computed by ${titles[name]}${reason === undefined ? '' : ` (${reason})`}`;
}
