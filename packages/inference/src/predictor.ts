// A model that only predicts, and what runs it.

import type { Tensor } from '@tensorflow/tfjs-core';

/** `tfjs` runs what is left of the model on a backend of tfjs; `layers` is the model itself, as tfjs-layers runs it. */
export type EngineName = 'onnxruntime' | 'tfjs' | 'layers';

export interface Predictor {
  /** What predicts, and, where it is not the fastest, why not. */
  readonly engine: { readonly name: EngineName; readonly reason?: string };
  /**
   * What the model gives for a batch of any size, the caller's to dispose; the inputs stay as they are. One tensor for a model
   * with one output, else a list in the model's order; likewise with the inputs.
   */
  predict(x: Tensor): Promise<Tensor>;
  predict(x: Tensor | Tensor[]): Promise<Tensor | Tensor[]>;
  /** Frees what the predictor holds. The model stays as it is. */
  dispose(): Promise<void>;
}
