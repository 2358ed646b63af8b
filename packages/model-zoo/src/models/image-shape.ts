// The shape of a model's input: Keras's `obtain_input_shape`, channels last.

import { invalidArgument } from '@graftjs/core';

/** [height, width, channels]; null for a height or width that is left open. */
export type ImageShape = readonly [height: number | null, width: number | null, channels: number];

/** What an architecture says about the images that it takes. */
export interface InputRules {
  /** Height and width that the model was made for. */
  readonly defaultSize: number;
  /** The smallest height and width at which every layer has something left to see. */
  readonly minSize: number;
  /** Whether height and width must be known. Default: with the top only. */
  readonly needsSize?: boolean;
}

/**
 * The shape asked for, or the standard one.
 *
 * @param given the caller's `inputShape`
 * @throws GraftError when it is no shape of images, too small, or not what the weights need
 */
export function imageShape(
  given: ImageShape | undefined,
  { includeTop, isImagenet }: { readonly includeTop: boolean; readonly isImagenet: boolean },
  { defaultSize, minSize, needsSize = includeTop }: InputRules,
): ImageShape {
  if (given === undefined) {
    return needsSize ? [defaultSize, defaultSize, 3] : [null, null, 3];
  }
  if (!isImageShape(given)) {
    throw invalidArgument('inputShape', '[height, width, channels]', given);
  }
  const [height, width, channels] = given;
  if (isImagenet && includeTop && given.join() !== [defaultSize, defaultSize, 3].join()) {
    const rule = `[${defaultSize}, ${defaultSize}, 3] with the top and the weights of imagenet`;
    throw invalidArgument('inputShape', rule, given);
  }
  if (isImagenet && channels !== 3) {
    throw invalidArgument('inputShape', 'of 3 channels with the weights of imagenet', given);
  }
  if ((height ?? minSize) < minSize || (width ?? minSize) < minSize) {
    throw invalidArgument('inputShape', `of at least ${minSize} by ${minSize} pixels`, given);
  }
  if (needsSize && (height === null || width === null)) {
    const when = includeTop ? ' with the top' : '';
    throw invalidArgument('inputShape', `of known height and width${when}`, given);
  }
  return given;
}

function isImageShape(value: unknown): value is ImageShape {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [height, width, channels] = value as unknown[];
  return isLength(channels) && [height, width].every((each) => each === null || isLength(each));
}

function isLength(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
