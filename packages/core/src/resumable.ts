// The contract of what can go on in another process from where it was.

import { dispose, type Tensor, type TensorContainer } from '@tensorflow/tfjs-core';

/** Values as JSON has them, NaN and the infinities besides, with tensors among them. */
export type State =
  null | boolean | number | string | Tensor | readonly State[] | { readonly [name: string]: State };

/**
 * Something whose later doings depend on earlier ones: a shuffled data set, a layer that draws, a callback that counts.
 * Put back into another one that was made alike, its state makes that go on as this one would have.
 */
export interface Resumable {
  /** All that later doings depend on. Tensors in it are the receiver's to dispose. */
  saveState(): State | Promise<State>;
  /** Takes what `saveState` gave, and leaves its tensors to the caller. */
  restoreState(state: State): void | Promise<void>;
}

/** True for what has both methods of {@link Resumable}. */
export function isResumable(value: object): value is Resumable {
  const { saveState, restoreState } = value as Partial<Resumable>;
  return typeof saveState === 'function' && typeof restoreState === 'function';
}

/** Disposes the tensors of a state. */
export function disposeState(state: State | undefined): void {
  dispose(state as TensorContainer);
}
