// The calls in a Keras Functional model: which tensors each layer is called with. Knows no tfjs.

import { GraftError, invalidArgument } from '@graftjs/core';
import { type Config, isRecord } from './fields.js';
import type { CallForm } from './layers/layer-class.js';

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

/** What is known of a layer's calls. */
export interface CallStyle {
  /** Whether it takes a list of tensors; as an operator, `a + b`, Keras calls it with one after the other. */
  readonly takesList?: boolean;
  readonly call?: CallForm;
}

/** The calls that a layer's `inbound_nodes` describe; none for an input. */
export function readCalls(nodes: unknown, where: string, style: CallStyle): Call[] {
  if (!Array.isArray(nodes)) throw invalidArgument(`inbound_nodes of ${where}`, 'a list', nodes);
  return nodes.map((node) => readCall(checkNode(node, where), where, style));
}

/** What all calls of a layer set; where they differ, one layer cannot be made of it here. */
export function readCallSettings(nodes: unknown, where: string, form: CallForm): Config {
  const all = (Array.isArray(nodes) ? (nodes as unknown[]) : []).map((node) => {
    const { kwargs } = checkNode(node, where);
    const set = Object.keys(form.settings).map((name) => [name, kwargs[name] ?? undefined]);
    return Object.fromEntries(set) as Config;
  });
  const [first = {}] = all;
  if (all.every((each) => JSON.stringify(each) === JSON.stringify(first))) return first;
  throw new GraftError(`${where} is called with different settings, which is not supported`);
}

interface Node {
  readonly args: readonly unknown[];
  readonly kwargs: Config;
}

function checkNode(node: unknown, where: string): Node {
  if (isRecord(node) && Array.isArray(node.args) && isRecord(node.kwargs)) {
    return node as unknown as Node;
  }
  throw invalidArgument(`a call of ${where}`, 'an object with args and kwargs', node);
}

function readCall({ args, kwargs }: Node, where: string, { takesList, call }: CallStyle): Call {
  const names = call?.tensors ?? [];
  for (const [name, value] of Object.entries(kwargs)) {
    const isKnown =
      names.includes(name) || name === call?.states || (call && Object.hasOwn(call.settings, name));
    // When a whole model runs, its own `training` overrides the one that Keras has stored here.
    const isSilent = value === null || value === false || name === 'training';
    if (!isKnown && !isSilent) {
      throw new GraftError(`${where} is called with ${name}, which is not supported`);
    }
  }
  if (call?.tensors) return readNamed({ args, kwargs }, where, call.tensors, call.standIns ?? {});
  if (call?.states !== undefined) return readWithStates({ args, kwargs }, where, call.states);
  const isOperator = takesList && args.length > 1 && args.every(isTensor);
  const [first, ...others] = isOperator ? [args] : args;
  if (others.some((value) => value !== null)) {
    throw new GraftError(`${where} is called with several arguments, which is not supported`);
  }
  const tensors = Array.isArray(first) ? (first as unknown[]) : [first];
  return {
    inputs: tensors.map((tensor) => readTensor(tensor, where)),
    isList: Array.isArray(first),
  };
}

/** Tensors by position or by name. */
function readNamed(
  { args, kwargs }: Node,
  where: string,
  names: readonly string[],
  standIns: Readonly<Record<string, string>>,
): Call {
  const given = names.map((name, i) => args[i] ?? kwargs[name] ?? undefined);
  const last = given.findLastIndex((value) => value !== undefined);
  if (args.slice(names.length).some((value) => value !== null)) {
    throw new GraftError(`${where} is called with too many arguments, which is not supported`);
  }
  const inputs = given.slice(0, last + 1).map((value, i) => {
    const standIn = standIns[names[i] as string];
    const other = standIn === undefined ? undefined : given[names.indexOf(standIn)];
    return readTensor(value ?? other, where);
  });
  return { inputs, isList: true };
}

/** An input and a list of states; Keras 2 has them in one list. */
function readWithStates({ args, kwargs }: Node, where: string, name: string): Call {
  const [first, states = kwargs[name], ...others] = args;
  if (others.some((value) => value !== null)) {
    throw new GraftError(`${where} is called with too many arguments, which is not supported`);
  }
  const tensors = [first, states ?? []].flat();
  return { inputs: tensors.map((tensor) => readTensor(tensor, where)), isList: true };
}

function readTensor(tensor: unknown, where: string): TensorKey {
  const config = isRecord(tensor) && isRecord(tensor.config) ? tensor.config : {};
  return readKey(config.keras_history, `an input of ${where}`);
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
