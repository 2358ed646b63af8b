// Keras's equations for EinsumDense: which axes of input, kernel and output are which, and how long the weights are.

import { invalidArgument } from '@graftjs/core';
import type { Axes } from './contract.js';
import type { Shape } from './inputs.js';

export interface Einsum {
  /** `a` is the input, `b` the kernel. */
  readonly axes: Axes;
  readonly kernelShape: number[];
  readonly biasShape: number[] | undefined;
  readonly outputShape: Shape;
  /** Those of the kernel that are inputs, and those that are outputs. */
  readonly inputAxes: number[];
  readonly outputAxes: number[];
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * @param equation `ab,bc->ac`, `...b,bc->...c` or `ab...,bc->ac...`
 * @param partialOutputShape the output's lengths without the batch and without what `...` stands for, null where they follow
 * @param biasAxes those letters of the output that the bias has, or null for none
 * @throws GraftError when these do not fit each other
 */
export function parseEinsum(
  equation: string,
  biasAxes: string | null,
  inputShape: Shape,
  partialOutputShape: Shape,
): Einsum {
  const { input, kernel, output, before, after } = partsOf(equation);
  const elided = inputShape.length - input.length;
  if (elided < 0 || (elided > 0 && !before && !after)) {
    throw invalidArgument('equation', `for an input of rank ${inputShape.length}`, equation);
  }
  const rest = [...letters].filter((each) => !equation.includes(each)).slice(0, elided);
  const withRest = (axes: string) =>
    before ? rest.join('') + axes : after ? axes + rest.join('') : axes;
  const [a, result] = [withRest(input), withRest(output)];
  const given: Shape = [
    inputShape[0] ?? null,
    ...(before ? inputShape.slice(1, elided) : []),
    ...partialOutputShape,
    ...(after && elided > 0 ? inputShape.slice(-elided) : []),
  ];
  if (given.length !== result.length) {
    const rule = `as long as the output of ${equation} without its batch`;
    throw invalidArgument('outputShape', rule, partialOutputShape);
  }
  const lengthIn = (shape: Shape, axes: string, axis: string) => shape[axes.indexOf(axis)] ?? null;
  const outputShape = given.map((length, i) => {
    const own = lengthIn(inputShape, a, result[i] as string);
    if (own !== null && length !== null && own !== length) {
      throw invalidArgument('outputShape', `${own} along ${result[i]}, as the input`, length);
    }
    return length ?? own;
  });
  const lengthOf = (axis: string): number => {
    const length = lengthIn(outputShape, result, axis) ?? lengthIn(inputShape, a, axis);
    if (length !== null) return length;
    throw invalidArgument('equation', `such that the length along ${axis} is known`, equation);
  };
  const axesWhere = (isOutput: boolean) =>
    [...kernel].flatMap((axis, i) => (result.includes(axis) === isOutput ? [i] : []));
  return {
    axes: { a, b: kernel, result },
    kernelShape: [...kernel].map(lengthOf),
    biasShape: biasAxes === null ? undefined : biasShape(biasAxes, output, result, lengthOf),
    outputShape,
    inputAxes: axesWhere(false),
    outputAxes: axesWhere(true),
  };
}

/** From the first of its axes on, with lengths of 1 along the others. */
function biasShape(
  axes: string,
  output: string,
  result: string,
  lengthOf: (axis: string) => number,
): number[] {
  if (axes === '' || ![...axes].every((axis) => output.includes(axis))) {
    throw invalidArgument('biasAxes', `letters of ${output}`, axes);
  }
  const first = Math.min(...[...axes].map((axis) => result.indexOf(axis)));
  return [...result.slice(first)].map((axis) => (axes.includes(axis) ? lengthOf(axis) : 1));
}

function partsOf(equation: string) {
  const form = /^(\.\.\.)?([a-zA-Z]+)(\.\.\.)?,([a-zA-Z]+)->(\.\.\.)?([a-zA-Z]+)(\.\.\.)?$/;
  const [, before, input = '', after, kernel = '', before2, output = '', after2] =
    form.exec(equation) ?? [];
  const areOnce = [input, kernel, output].every((axes) => new Set(axes).size === axes.length);
  const isSound = before === before2 && after === after2 && !(before && after) && areOnce;
  const isKnown = [...(kernel + output)].every((axis) =>
    (kernel.includes(axis) ? input + output : input + kernel).includes(axis),
  );
  if (input === '' || !isSound || !isKnown) {
    throw invalidArgument(
      'equation',
      'such as ab,bc->ac, ...b,bc->...c or ab...,bc->ac...',
      equation,
    );
  }
  return { input, kernel, output, before: before !== undefined, after: after !== undefined };
}
