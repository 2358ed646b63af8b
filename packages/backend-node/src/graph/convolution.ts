// What the simplifications ask of a convolution, or of one of its gradients.

import type { RecordedOp, Source } from './recording.js';
import { attributeOf, type Draft } from './rewrite.js';

type Pair = readonly [height: number, width: number];

export interface Convolution {
  readonly padding: 'VALID' | 'SAME' | 'EXPLICIT';
  readonly strides: Pair;
  /** The size of the filter. */
  readonly window: Pair;
  /** The size of what the convolution, forward, gives. */
  readonly outputs: Pair;
}

/** Undefined of any other op, with dilations, and where channels come first. */
export function convolutionOf(op: RecordedOp, draft: Draft): Convolution | undefined {
  const [kind, gradient] = op.op.split('Backprop');
  if (kind !== 'Conv2D' && kind !== 'DepthwiseConv2dNative') return undefined;
  if (attributeOf(op, 'data_format') !== 'NHWC') return undefined;
  if ((attributeOf(op, 'dilations') as number[]).some((dilation) => dilation !== 1))
    return undefined;
  const shapeOf = (input: number) => draft.shapeOf(op.inputs[input] as Source);
  const [own] = op.shapes as [readonly number[]];
  // A convolution takes images and filter; the gradients take images or their shape, filter or its shape, and dy.
  const [filter, images] = [
    gradient === 'Filter' ? own : shapeOf(1),
    gradient === undefined ? own : shapeOf(2),
  ];
  return {
    padding: attributeOf(op, 'padding') as Convolution['padding'],
    strides: pair(attributeOf(op, 'strides') as number[], 1),
    window: pair(filter, 0),
    outputs: pair(images, 1),
  };
}

function pair(lengths: readonly number[], from: number): Pair {
  return [lengths[from] as number, lengths[from + 1] as number];
}
