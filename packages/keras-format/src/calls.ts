// The calls in a Keras Functional model: which tensors each layer is called with. Knows no tfjs.

import { GraftError, invalidArgument } from '@graftjs/core';
import { isRecord } from './fields.js';

/** An output of a layer: of its n-th call, the t-th tensor. */
export interface TensorKey {
  readonly layer: string;
  readonly call: number;
  readonly tensor: number;
}

/** One call of a layer. */
export interface Call {
  readonly inputs: readonly TensorKey[];
  /** Whether the layer takes a list, even if it holds one tensor. */
  readonly isList: boolean;
}

/**
 * The calls that a layer's `inbound_nodes` describe; none for an input.
 *
 * @param takesList whether it takes a list of tensors; as an operator, `a + b`, Keras calls it with one after the other
 */
export function readCalls(nodes: unknown, where: string, takesList: boolean): Call[] {
  if (!Array.isArray(nodes)) throw invalidArgument(`inbound_nodes of ${where}`, 'a list', nodes);
  return nodes.map((node) => readCall(node, where, takesList));
}

function readCall(node: unknown, where: string, takesList: boolean): Call {
  if (!isRecord(node) || !Array.isArray(node.args) || !isRecord(node.kwargs)) {
    throw invalidArgument(`a call of ${where}`, 'an object with args and kwargs', node);
  }
  for (const [name, value] of Object.entries(node.kwargs)) {
    // When a whole model runs, its own `training` overrides the one that Keras has stored here.
    if (value !== null && name !== 'training') {
      throw new GraftError(`${where} is called with ${name}, which is not supported`);
    }
  }
  const args = node.args as unknown[];
  const isOperator = takesList && args.length > 1 && args.every(isTensor);
  const [first, ...others] = isOperator ? [args] : args;
  if (others.some((value) => value !== null)) {
    throw new GraftError(`${where} is called with several arguments, which is not supported`);
  }
  const tensors = Array.isArray(first) ? (first as unknown[]) : [first];
  const inputs = tensors.map((tensor) => {
    const config = isRecord(tensor) && isRecord(tensor.config) ? tensor.config : {};
    return readKey(config.keras_history, `an input of ${where}`);
  });
  return { inputs, isList: Array.isArray(first) };
}

function isTensor(value: unknown): boolean {
  return isRecord(value) && value.class_name === '__keras_tensor__';
}

/** `input_layers` or `output_layers`: one key, or a list of them. */
export function readKeys(value: unknown, where: string): TensorKey[] {
  if (!Array.isArray(value)) throw invalidArgument(where, 'a list of tensors', value);
  return (typeof value[0] === 'string' ? [value] : value).map((key) => readKey(key, where));
}

function readKey(value: unknown, where: string): TensorKey {
  const [layer, call, tensor] = Array.isArray(value) ? (value as unknown[]) : [];
  if (typeof layer !== 'string' || !isIndex(call) || !isIndex(tensor)) {
    throw invalidArgument(where, '[layer, call, tensor]', value);
  }
  return { layer, call, tensor };
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
