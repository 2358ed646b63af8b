// Dense layers and embeddings.

import { activated, nameBeforeActivation } from './activation.js';
import { inputOf, optionalWeight, weightOf, type Lowering } from './layer-call.js';

const dense: Lowering = (call) => {
  const inputs = [inputOf(call), weightOf(call, 'kernel'), optionalWeight(call, 'bias')];
  return activated(call, call.graph.add(nameBeforeActivation(call), { op: 'dense', inputs }));
};

const embedding: Lowering = (call) => {
  const inputs = [inputOf(call), weightOf(call, 'embeddings')];
  return call.graph.add(call.name, { op: 'embedding', inputs });
};

export const matrices: Readonly<Record<string, Lowering>> = {
  Dense: dense,
  Embedding: embedding,
};
