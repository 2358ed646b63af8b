// Recurrent layers: cells that are run along a sequence, one after the other.

import type { Layer } from '@graftjs/core';
import type { Cell } from '../graph/cell.js';
import { computed } from '../graph/constant.js';
import type { Value } from '../graph/graph-builder.js';
import type { RecurrentNode } from '../graph/node.js';
import { activationNamed } from './activation.js';
import { cannotLower, inputOf, type LayerCall, type Lowering } from './layer-call.js';
import { maskOfSteps } from './masks.js';
import { operationsOf } from './operations.js';

/** What a recurrent layer of either package has. */
interface Recurrent extends Layer {
  readonly cell: Layer & { readonly cells?: readonly Layer[] };
}

const inKerasOrder: Lowering = (call) => {
  const { goBackwards, returnSequences } = call.config;
  const outputs = [inPlace(call)].flat() as Value[];
  if (goBackwards !== true || returnSequences !== true) return outputs;
  return [operationsOf(call).reverse(outputs[0] as Value, 1), ...outputs.slice(1)];
};

/** With the output of each step in its place, also where the last one comes first. */
const inPlace: Lowering = (call) => {
  const { config, layer, inputs } = call;
  if (config.stateful === true) cannotLower(call, 'it is stateful: what it gives depends on earlier batches'); // prettier-ignore
  const { cell } = layer as Recurrent;
  const cells = cell.cells ?? [cell];
  let [x, ...initial] = inputs as readonly [Value, ...Value[]];
  // As in Keras 3, no mask is heeded where there are initial states.
  const mask = call.isGraft && initial.length > 0 ? undefined : maskOfSteps(call);
  if (
    mask &&
    config.goBackwards === true &&
    config.unroll === true &&
    config.zeroOutputForMask === true
  ) {
    cannotLower(call, 'a mask, unroll, goBackwards and zeroOutputForMask do not go together');
  }
  const states: Value[][] = [];
  for (const [i, each] of cells.entries()) {
    const cell = cellOf(call, each);
    const count = cell.kind === 'lstm' ? 2 : 1;
    const run = runOf(call, { cell, layer: each, x, mask, states: initial.slice(0, count) });
    initial = initial.slice(count);
    const isSequence = i < cells.length - 1 || config.returnSequences === true;
    x = run(isSequence ? 'outputs' : 'output');
    if (config.returnState !== true) continue;
    const output = isSequence ? run('output') : x;
    states.push(cell.kind === 'lstm' ? [output, run('carry')] : [output]);
  }
  // tfjs-layers begins with the last cell.
  const inOrder = call.isGraft ? states : states.reverse();
  return [mask && config.zeroOutputForMask === true ? zeroed(call, x, mask) : x, ...inOrder.flat()];
};

interface CellRun {
  readonly cell: Cell;
  /** That has the cell's weights. */
  readonly layer: Layer;
  readonly x: Value;
  readonly mask: Value | undefined;
  readonly states: readonly Value[];
}

function runOf(call: LayerCall, { cell, layer, x, mask, states }: CellRun) {
  const { graph, name, config } = call;
  const weight = (what: string) => {
    const constant = call.weight(what, layer) ?? cannotLower(call, `it has no weight ${what}`);
    return graph.constant(`${name}/${what}`, constant);
  };
  const [kernel, recurrent] = [weight('kernel'), weight('recurrent_kernel')];
  const bias = call.weight('bias', layer);
  const shape = [2, kernel.shape[1] as number];
  const biases = computed(shape, bias ? [bias] : [], (bias) => (i) => bias?.[i] ?? 0);
  const all = [x, kernel, recurrent, graph.constant(`${name}/bias`, biases)];
  const inputs = [...all, ...(mask ? [mask] : []), ...states];
  const settings = { cell, backwards: config.goBackwards === true, masked: mask !== undefined };
  return (gives: RecurrentNode['gives']) =>
    graph.add(`${name}/${gives}`, { op: 'recurrent', inputs, ...settings, gives });
}

function cellOf(call: LayerCall, layer: Layer): Cell {
  const config = layer.getConfig();
  const activation = activationNamed(call, config.activation);
  const gate = () => activationNamed(call, config.recurrentActivation);
  const className = layer.getClassName().replace(/^Graft/, '');
  switch (className) {
    case 'SimpleRNNCell':
      return { kind: 'simple', activation };
    case 'GRUCell':
      return { kind: 'gru', activation, gate: gate(), resetAfter: config.resetAfter === true };
    case 'LSTMCell':
      return { kind: 'lstm', activation, gate: gate() };
    default:
      return cannotLower(call, `its cell is of class ${className}`);
  }
}

/** 0 where a step does not count: of all steps, or of the one that came last. */
function zeroed(call: LayerCall, output: Value, mask: Value): Value {
  const { reshape, crop, mul } = operationsOf(call);
  const [, steps = null] = mask.shape;
  if (output.shape.length === 3) return mul(output, reshape(mask, [null, steps, 1]));
  if (steps === null) return cannotLower(call, 'the number of steps is not known');
  const others = call.config.goBackwards === true ? ([0, steps - 1] as const) : ([steps - 1, 0] as const); // prettier-ignore
  return mul(output, crop(mask, [[0, 0], others]));
}

/** What Keras gives from its end on. */
const reversed: Lowering = (call) => {
  const { goBackwards, returnSequences } = call.config;
  const [output, ...states] = [inPlace(call)].flat() as [Value, ...Value[]];
  const isInPlace = goBackwards === true || returnSequences !== true;
  return [isInPlace ? output : operationsOf(call).reverse(output, 1), ...states];
};

interface BothWays extends Layer {
  readonly forwardLayer: Layer;
  readonly backwardLayer: Layer;
}

const bidirectional: Lowering = (call) => {
  const { concat, add, mul, div } = operationsOf(call);
  const { forwardLayer, backwardLayer } = call.layer as BothWays;
  const [x, ...initial] = call.inputs as readonly [Value, ...Value[]];
  const half = Math.ceil(initial.length / 2);
  const run = (layer: Layer, states: readonly Value[], lowering: Lowering) => {
    const inputs = [{ value: x, mask: call.masks[0] }, ...states.map((value) => ({ value }))];
    return call.inner(layer, inputs, lowering).map(({ value }) => value) as [Value, ...Value[]];
  };
  const [forward, ...forwardStates] = run(forwardLayer, initial.slice(0, half), inKerasOrder);
  const [backward, ...backwardStates] = run(backwardLayer, initial.slice(half), reversed);
  const merge = (): readonly Value[] => {
    switch (call.config.mergeMode ?? null) {
      case 'concat':
        return [concat([forward, backward], -1)];
      case 'sum':
        return [add(forward, backward)];
      case 'mul':
        return [mul(forward, backward)];
      case 'ave':
        return [div(add(forward, backward), 2)];
      default:
        return [forward, backward];
    }
  };
  return [...merge(), ...forwardStates, ...backwardStates];
};

/** The steps of all sequences are examples of one batch. */
const timeDistributed: Lowering = (call) => {
  const { reshape } = operationsOf(call);
  const { layer } = call.layer as Layer & { readonly layer: Layer };
  const x = inputOf(call);
  const [, steps = null, ...rest] = x.shape;
  if (steps === null || rest.includes(null)) cannotLower(call, 'the size of its input is not known'); // prettier-ignore
  const [y] = call.inner(layer, [{ value: reshape(x, [null, ...rest]), mask: maskOfEach(call, layer) }]); // prettier-ignore
  const { value } = y as { readonly value: Value };
  return reshape(value, [null, steps, ...value.shape.slice(1)]);
};

/** Layers that heed a mask, and what may hold them. */
const heeding =
  /^(Bidirectional|GRU|LSTM|RNN|SimpleRNN|TimeDistributed|Functional|Sequential|Model)$/;

/** Of what a step consists of, where it is a sequence itself. */
function maskOfEach(call: LayerCall, layer: Layer): Value | undefined {
  const [mask] = call.masks;
  if (!mask) return undefined;
  if (!call.isGraft && heeding.test(layer.getClassName())) cannotLower(call, 'that of tfjs-layers hands the whole mask to each step'); // prettier-ignore
  const [, , ...rest] = mask.shape;
  return rest.length > 0 ? operationsOf(call).reshape(mask, [null, ...rest]) : undefined;
}

export const recurrences: Readonly<Record<string, Lowering>> = {
  Bidirectional: bidirectional,
  GRU: inKerasOrder,
  LSTM: inKerasOrder,
  RNN: inKerasOrder,
  SimpleRNN: inKerasOrder,
  TimeDistributed: timeDistributed,
};
