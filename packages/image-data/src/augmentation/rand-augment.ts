// RandAugment: some operations at random, all of one strength.

import { invalidArgument } from '@graftjs/core';
import type { Size } from '../images/image.js';
import { checkUpTo, type Draw } from './draw.js';
import type { ImageTransform } from './image-transform.js';
import { mergeTransforms } from './merge-transforms.js';

/** Options of `randAugment`, those of torchvision. */
export interface RandAugmentOptions {
  /** How many operations an image gets. Default 2. */
  readonly numOps?: number;
  /** Their strength, from 0 to 30. Default 9. */
  readonly magnitude?: number;
}

/** What an operation does at a strength from 0 to 1, where `sign` is 1 or −1. */
type Operation = (strength: number, sign: number, size: Size) => ImageTransform;

/** Those of torchvision, in its strengths. */
const operations: readonly Operation[] = [
  () => ({}),
  (strength, sign) => ({ shearX: 0.3 * strength * sign }),
  (strength, sign) => ({ shearY: 0.3 * strength * sign }),
  (strength, sign, [, width]) => ({ tx: (150 / 331) * width * strength * sign }),
  (strength, sign, [height]) => ({ ty: (150 / 331) * height * strength * sign }),
  (strength, sign) => ({ theta: 30 * strength * sign }),
  (strength, sign) => ({ color: [{ brightness: 1 + 0.9 * strength * sign }] }),
  (strength, sign) => ({ color: [{ saturation: 1 + 0.9 * strength * sign }] }),
  (strength, sign) => ({ color: [{ contrast: 1 + 0.9 * strength * sign }] }),
  (strength, sign) => ({ sharpness: 1 + 0.9 * strength * sign }),
  (strength) => ({ posterize: 8 - Math.round(4 * strength) }),
  (strength) => ({ solarize: 255 * (1 - strength) }),
  () => ({ autoContrast: true }),
  () => ({ equalize: true }),
];

/** Source: Cubuk et al., RandAugment: Practical automated data augmentation with a reduced search space, 2019. */
export function randAugment({ numOps = 2, magnitude = 9 }: RandAugmentOptions): Draw {
  if (!(Number.isSafeInteger(numOps) && numOps >= 1)) {
    throw invalidArgument('randAugment.numOps', 'a positive integer', numOps);
  }
  const strength = checkUpTo('randAugment.magnitude', magnitude, 30) / 30;
  return (random, size) => {
    const chosen = Array.from({ length: numOps }, () => {
      const operation = operations[Math.floor(random() * operations.length)] as Operation;
      return operation(strength, random() < 0.5 ? -1 : 1, size);
    });
    return mergeTransforms(chosen);
  };
}
