// Frees during a backward pass what it has used: by itself tfjs keeps all activations, and all their gradients, to the end.

import * as tf from '@tensorflow/tfjs-core';

/** What tfjs notes of an op in the forward pass. */
interface TapeNode {
  readonly saved?: readonly tf.Tensor[];
  /** By the gradients of the outputs, null where one has none. */
  gradient?: (dys: (tf.Tensor | null)[]) => Record<string, () => tf.Tensor>;
}

/**
 * To be called at the end of a forward pass, within the function that is differentiated. The backward pass goes through the
 * ops in reverse: when it asks for the gradients of the next one, those of the last one's outputs, and what was saved for
 * it, are of no more use.
 */
export function freeWhileGoingBack(): void {
  // Its type says that tape nodes have no gradient.
  const tape = tf.engine().state.activeTape as unknown as readonly TapeNode[] | null;
  let used: tf.Tensor[] = [];
  for (const node of tape ?? []) {
    const { gradient, saved = [] } = node;
    if (!gradient) continue;
    node.gradient = (dys) => {
      tf.dispose(used);
      used = [...dys.filter((dy) => dy !== null), ...saved];
      const given = new Set(used);
      const named = Object.entries(gradient(dys)).map(([name, of]) => [name, own(of)] as const);
      return Object.fromEntries(named);

      /** What is handed on unchanged, or given twice, would be freed with something else. */
      function own(of: () => tf.Tensor): () => tf.Tensor {
        return () => {
          const result = of();
          const isOwn = !given.has(result);
          given.add(result);
          return isOwn ? result : tf.clone(result);
        };
      }
    };
  }
}
