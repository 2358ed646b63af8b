// The operations of a graph. Images are [batch, height, width, channels], kernels as in TensorFlow; each gives one value.

import type { Activation } from './activation.js';
import type { Cell } from './cell.js';

/** Rows above and below, columns left and right; or as TensorFlow pads where the length is known only when it runs. */
export type Padding =
  'same' | readonly [vertical: readonly [number, number], horizontal: readonly [number, number]];

/** Of height and width. */
export type Pair = readonly [height: number, width: number];

interface NodeBase {
  /** Names of inputs, of the graph's constants, or of outputs of earlier nodes. */
  readonly inputs: readonly string[];
  /** The name of what the node gives. */
  readonly output: string;
}

interface WithActivation extends NodeBase {
  /** Applied to the result. */
  readonly activation?: Activation;
}

/** Inputs: x, kernel [height, width, channels / groups, filters], bias [filters] where there is one; both constants. */
export interface Conv2dNode extends WithActivation {
  readonly op: 'conv2d';
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: Padding;
  readonly groups: number;
}

/** Inputs: x, kernel [height, width, channels, multiplier], bias [channels · multiplier] where there is one; both constants. */
export interface DepthwiseConv2dNode extends WithActivation {
  readonly op: 'depthwiseConv2d';
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: Padding;
}

/** Inputs: x, kernel [height, width, filters, channels], bias [filters] where there is one; both constants. */
export interface Conv2dTransposeNode extends WithActivation {
  readonly op: 'conv2dTranspose';
  readonly strides: Pair;
  readonly dilations: Pair;
  /** How far the kernel reaches over each edge of the output; negative where the output goes on beyond it, with zeros. */
  readonly padding: Exclude<Padding, 'same'>;
}

/** Inputs: x [batch, …, n], kernel [n, units], bias [units] where there is one; both constants. */
export interface DenseNode extends WithActivation {
  readonly op: 'dense';
}

/** Inputs: x and, constants of the length of its last axis, scale and, where there is one, shift: scale · x + shift. */
export interface ScaleShiftNode extends WithActivation {
  readonly op: 'scaleShift';
}

/** Inputs: matrices [batch, …, m, k] and [batch, …, k, n], which broadcast as in NumPy; either may be a constant. */
export interface MatMulNode extends NodeBase {
  readonly op: 'matMul';
}

/** Inputs: two, which broadcast as in NumPy; either may be a constant. */
export interface BinaryNode extends WithActivation {
  readonly op: 'add' | 'sub' | 'mul' | 'div' | 'max' | 'min';
}

/** Element by element, of one input. */
export interface ActivationNode extends NodeBase {
  readonly op: 'activation';
  readonly activation: Activation;
}

/** Element by element, of one input. */
export interface UnaryNode extends NodeBase {
  readonly op: 'sqrt' | 'rsqrt' | 'square';
}

/** exp(x) over its sum along the axis. */
export interface SoftmaxNode extends NodeBase {
  readonly op: 'softmax';
  readonly axis: number;
}

/** Of all inputs, along the axis. */
export interface ConcatNode extends NodeBase {
  readonly op: 'concat';
  readonly axis: number;
}

/** Windows of images; an average leaves the padding out. */
export interface PoolNode extends NodeBase {
  readonly op: 'maxPool' | 'avgPool';
  readonly size: Pair;
  readonly strides: Pair;
  readonly padding: Padding;
}

/** Along some axes of one input. */
export interface ReduceNode extends NodeBase {
  readonly op: 'reduceMean' | 'reduceMax' | 'reduceSum';
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/** Of one input, with `value` around it; both ends of each axis. */
export interface PadNode extends NodeBase {
  readonly op: 'pad';
  readonly ends: readonly (readonly [number, number])[];
  readonly value: number;
}

/** Of one input, cut at both ends of each axis. */
export interface CropNode extends NodeBase {
  readonly op: 'crop';
  readonly ends: readonly (readonly [number, number])[];
}

/**
 * Of one input. In `shape` the batch is null, and stays as it is, and one other length may be null, and is whatever is left.
 * Where no other one is, the batch is whatever is left: so the steps of sequences become examples of one batch, and back.
 */
export interface ReshapeNode extends NodeBase {
  readonly op: 'reshape';
  readonly shape: readonly [batch: null, ...lengths: (number | null)[]];
}

/** Axis i of the output is axis `order[i]` of the input. */
export interface TransposeNode extends NodeBase {
  readonly op: 'transpose';
  readonly order: readonly number[];
}

/** Of one input, from the last to the first along an axis. */
export interface ReverseNode extends NodeBase {
  readonly op: 'reverse';
  readonly axis: number;
}

/** Of images. Beyond the edge is the edge. */
export interface ResizeNode extends NodeBase {
  readonly op: 'resize';
  readonly method: 'nearest' | 'bilinear';
  /** Whole numbers of times, or the size itself. */
  readonly to: { readonly times: Pair } | { readonly size: Pair };
  /** Whether pixels have their centres at halves, as in Keras; else the first ones lie on each other. */
  readonly halfPixelCenters: boolean;
}

/** Inputs: whole numbers [batch, …] as any dtype, and a constant [numbers, length]: its rows, [batch, …, length]. */
export interface EmbeddingNode extends NodeBase {
  readonly op: 'embedding';
}

/**
 * A cell, run along the steps of a sequence. Inputs: x [batch, steps, n]; constants: kernel [n, gates · units], that of the last
 * output [units, gates · units], and the biases of both products [2, gates · units]; then, where it is `masked`, which steps
 * count [batch, steps], 1 or 0: another one changes no state; then the states to begin with [batch, units], if they are not zeros.
 */
export interface RecurrentNode extends NodeBase {
  readonly op: 'recurrent';
  readonly cell: Cell;
  /** From the last step to the first; what it gives of each step stands in the place of that step all the same. */
  readonly backwards: boolean;
  readonly masked: boolean;
  /** The outputs of all steps [batch, steps, units], or after the last step the output, or the other state [batch, units]. */
  readonly gives: 'outputs' | 'output' | 'carry';
}

/** x · (bias + alpha · Σ x²)^(−beta), the sum over the channels within `radius`. */
export interface LocalResponseNormalizationNode extends NodeBase {
  readonly op: 'localResponseNormalization';
  readonly radius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

export type GraphNode =
  | Conv2dNode
  | DepthwiseConv2dNode
  | Conv2dTransposeNode
  | DenseNode
  | MatMulNode
  | ScaleShiftNode
  | BinaryNode
  | ActivationNode
  | UnaryNode
  | SoftmaxNode
  | ConcatNode
  | PoolNode
  | ReduceNode
  | PadNode
  | CropNode
  | ReshapeNode
  | TransposeNode
  | ReverseNode
  | ResizeNode
  | LocalResponseNormalizationNode
  | EmbeddingNode
  | RecurrentNode;
