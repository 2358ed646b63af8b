// A base with a new head: the whole model, and both of its parts.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import { freezeTo, graftHead, splitHead, type SplitModel } from '@graftjs/transfer';

export interface HeadSettings {
  /** Share of the features, or of what the hidden layer gives, that is dropped while training. */
  readonly dropout: number;
  /** Units of a Dense layer with ReLU before the last one; undefined: there is none. */
  readonly hidden?: number | undefined;
  readonly seed: number;
}

/** Both parts share the layers of the model, so it learns what they do. */
export interface Classifier extends SplitModel {
  readonly model: LayersModel;
}

/** The head is to be trained, the base is frozen. */
export function makeClassifier(
  base: LayersModel,
  classes: number,
  { dropout, hidden, seed }: HeadSettings,
): Classifier {
  const head = { classes, dropout, seed, ...(hidden !== undefined && { hidden }) };
  const model = graftHead(base, head, 'classifier');
  freezeTo(model, -1);
  return { model, ...splitHead(model) };
}
