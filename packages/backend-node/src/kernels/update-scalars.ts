// The scalars of update rules inside TensorFlow: made once a step, not once a variable.

import type { NativeUpdates, UpdateAttributes, UpdateRule } from '@graftjs/core';
import type { NodeBackend } from '../node-backend.js';

/** Rules whose scalars are kept; more take turns. A network has one for each rate and decay. */
const MOST = 32;

interface Known {
  readonly scalars: UpdateAttributes['scalars'];
  /** Ids of the tensors, by name. */
  readonly ids: ReadonlyMap<string, number>;
}

const known = new WeakMap<NodeBackend, Map<UpdateRule, Known>>();

/** Ids of the scalars that the rule's ops take, by name; they are not the caller's to delete. */
export function scalarsFor(
  backend: NodeBackend,
  { rule, scalars }: UpdateAttributes,
): ReadonlyMap<string, number> {
  let rules = known.get(backend);
  if (!rules) known.set(backend, (rules = new Map<UpdateRule, Known>()));
  const last = rules.get(rule);
  if (last?.scalars === scalars) return last.ids;
  if (last) forget(backend, rules, rule);
  const [oldest] = rules.keys();
  if (rules.size >= MOST && oldest) forget(backend, rules, oldest);
  const ids = make(backend, rule.tensorflow as NativeUpdates, scalars);
  rules.set(rule, { scalars, ids });
  return ids;
}

function make(
  { binding }: NodeBackend,
  { ops }: NativeUpdates,
  scalars: UpdateAttributes['scalars'],
): Map<string, number> {
  const names = new Set(ops.flatMap(({ inputs }) => inputs).filter((name) => name in scalars));
  const create = (name: string) =>
    binding.createTensor([], binding.TF_FLOAT, Float32Array.of(scalars[name] as number));
  return new Map([...names].map((name) => [name, create(name)]));
}

function forget({ binding }: NodeBackend, rules: Map<UpdateRule, Known>, rule: UpdateRule): void {
  for (const id of rules.get(rule)?.ids.values() ?? []) binding.deleteTensor(id);
  rules.delete(rule);
}
