// ConvLSTM2D: an LSTM whose products are convolutions of images, written out step by step.

import type { Layer } from '@graftjs/core';
import type { Value } from '../graph/graph-builder.js';
import { activationNamed } from './activation.js';
import { cannotLower, knownLengths, pairOf, type LayerCall, type Lowering } from './layer-call.js';
import { operationsOf } from './operations.js';

const none = [[0, 0], [0, 0]] as const; // prettier-ignore
const once = { strides: [1, 1], dilations: [1, 1], groups: 1 } as const;

const convLstm2d: Lowering = (call) => {
  const { config } = call;
  const { cell } = call.layer as Layer & { readonly cell: Layer };
  if (config.stateful === true) cannotLower(call, 'it is stateful: what it gives depends on earlier batches'); // prettier-ignore
  if (cell.getConfig().dataFormat !== 'channelsLast') cannotLower(call, 'its channels come first');
  if (call.masks[0]) cannotLower(call, 'it has a mask');
  const { reshape, crop, concat, add, mul, activation } = operationsOf(call);
  const images = projected(call, cell);
  const [steps, ...image] = knownLengths(call, images) as [number, number, number, number];
  const [rows, columns, all] = image;
  const filters = all / 4;
  const apply = (x: Value, name: unknown) => {
    const bent = activationNamed(call, name);
    return bent ? activation(x, bent) : x;
  };
  const bend = (x: Value) => apply(x, config.activation);
  let [, h, c] = call.inputs;
  const outputs: Value[] = [];
  for (let i = 0; i < steps; i++) {
    const t = config.goBackwards === true ? steps - 1 - i : i;
    const step = crop(images, [[0, 0], [t, steps - 1 - t], [0, 0], [0, 0], [0, 0]]); // prettier-ignore
    const x = reshape(step, [null, ...image]);
    const z = h ? add(x, recurrent(call, cell, h)) : x;
    const part = (at: number) => crop(z, [[0, 0], [0, 0], [0, 0], [at * filters, (3 - at) * filters]]); // prettier-ignore
    const gate = (at: number) => apply(part(at), config.recurrentActivation);
    const fresh = mul(gate(0), bend(part(2)));
    c = c ? add(mul(gate(1), c), fresh) : fresh;
    h = mul(gate(3), bend(c));
    outputs.push(h);
  }
  const last = h as Value;
  const each = outputs.map((output) => reshape(output, [null, 1, rows, columns, filters]));
  const output = config.returnSequences === true ? concat(each, 1) : last;
  return config.returnState === true ? [output, last, c as Value] : output;
};

/** All images of all sequences, convolved as those of one batch: [batch, steps, height, width, 4 · filters]. */
function projected(call: LayerCall, cell: Layer): Value {
  const { reshape } = operationsOf(call);
  const { config, graph, name } = call;
  const [x] = call.inputs as readonly [Value];
  const [steps, ...image] = knownLengths(call, x);
  const bias = call.weight('bias', cell);
  const inputs = [
    reshape(x, [null, ...image]),
    kernelOf(call, cell, 'kernel'),
    bias && graph.constant(`${name}/bias`, bias),
  ];
  const y = graph.add(`${name}/images`, {
    ...{ op: 'conv2d', inputs, groups: 1 },
    strides: pairOf(config.strides),
    dilations: pairOf(config.dilationRate),
    padding: config.padding === 'same' ? 'same' : none,
  });
  return reshape(y, [null, steps as number, ...y.shape.slice(1)]);
}

function recurrent(call: LayerCall, cell: Layer, h: Value): Value {
  const inputs = [h, kernelOf(call, cell, 'recurrent_kernel')];
  return call.graph.add(`${call.name}/last`, { op: 'conv2d', inputs, ...once, padding: 'same' });
}

function kernelOf(call: LayerCall, cell: Layer, name: string): Value {
  const kernel = call.weight(name, cell) ?? cannotLower(call, `it has no weight ${name}`);
  return call.graph.constant(`${call.name}/${name}`, kernel);
}

export const recurrentConvolutions: Readonly<Record<string, Lowering>> = { ConvLSTM2D: convLstm2d };
