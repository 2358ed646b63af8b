// Zeros put around images by an op of their own become the padding of the convolution behind it, where they are those of
// SAME, as before the strides of MobileNet and EfficientNet. A large tensor less, and a pass over it, forward as back.

import { convolutionOf } from './convolution.js';
import type { RecordedOp, Recording } from './recording.js';
import { changedAttribute, type Draft, type OpOutput, rewrite, valuesOf } from './rewrite.js';

export function foldPadding(recording: Recording): Recording {
  return rewrite(recording, (op, draft) =>
    op.op === 'Slice' ? withoutSlice(op, draft) : withoutPad(op, draft),
  );
}

/** A convolution of padded images, or the gradient by its filter: on what was padded. */
function withoutPad(op: RecordedOp, draft: Draft): OpOutput | undefined {
  const [padded, ...others] = op.inputs;
  const pad = padded && draft.opOf(padded);
  if (pad?.op !== 'PadV2') return undefined;
  const [images, paddings, value] = pad.inputs;
  if (!images || paddings?.kind !== 'constant' || value?.kind !== 'constant') return undefined;
  if (valuesOf(value.constant).some((each) => each !== 0)) return undefined;
  const from = valuesOf(paddings.constant).filter((_, i) => i % 2 === 0);
  if (!padsAsSame(op, draft, { whole: pad.shapes[0], part: draft.shapeOf(images), from }))
    return undefined;
  return draft.add({ ...op, ...asSame(op), inputs: [images, ...others] });
}

/** The part of a gradient by padded images that is not of the zeros: the gradient by what was padded. */
function withoutSlice(slice: RecordedOp, draft: Draft): OpOutput | undefined {
  const [whole, begin] = slice.inputs;
  const gradient = whole && draft.opOf(whole);
  if (!gradient?.op.endsWith('BackpropInput')) return undefined;
  const [sizes, ...others] = gradient.inputs;
  const [part] = slice.shapes;
  if (begin?.kind !== 'constant' || sizes?.kind !== 'constant' || !part) return undefined;
  const from = valuesOf(begin.constant);
  if (!padsAsSame(gradient, draft, { whole: gradient.shapes[0], part, from })) return undefined;
  const constant = { ...sizes.constant, values: part };
  const inputs = [{ kind: 'constant', constant } as const, ...others];
  return draft.add({ ...gradient, ...asSame(gradient), inputs, shapes: slice.shapes });
}

function asSame(op: RecordedOp): Pick<RecordedOp, 'attributes'> {
  return { attributes: changedAttribute(op, 'padding', 'SAME') };
}

/** Images within zeros. */
interface Padded {
  /** The shape with the zeros. */
  readonly whole: readonly number[] | undefined;
  /** The shape without. */
  readonly part: readonly number[];
  /** Where in the whole the part begins. */
  readonly from: readonly number[];
}

/** Whether a convolution of the whole is that of the part with TensorFlow's SAME padding. */
function padsAsSame(op: RecordedOp, draft: Draft, { whole, part, from }: Padded): boolean {
  const convolution = convolutionOf(op, draft);
  if (convolution?.padding !== 'VALID') return false;
  const { strides, window, outputs } = convolution;
  // Neither images nor channels are padded.
  if (whole?.[0] !== part[0] || whole?.[3] !== part[3]) return false;
  return [0, 1].every((i) => {
    const [length, start] = [part[i + 1], from[i + 1]] as [number, number];
    const [stride, size, count] = [strides[i], window[i], outputs[i]] as [number, number, number];
    const missing = Math.max((count - 1) * stride + size - length, 0);
    return count === Math.ceil(length / stride) && start === Math.floor(missing / 2);
  });
}
