// How photos are changed at random, as it is named on the command line: `standard`, `none:rotationRange=15`.

import { invalidArgument } from '@graftjs/core';
import { drawTransform, type RandomOptions, type ReadingOptions } from '@graftjs/image-data';
import { parseSettings } from '../parse-settings.js';

/** Options by the names of Keras's `ImageDataGenerator`, and newer ones. */
export type Augmentation = RandomOptions & ReadingOptions;

const sets = {
  none: {},
  flip: { horizontalFlip: true },
  standard: {
    ...{ rotationRange: 15, widthShiftRange: 0.1, heightShiftRange: 0.1 },
    ...{ zoomRange: 0.2, horizontalFlip: true },
  },
  strong: {
    ...{ rotationRange: 20, shearRange: 10, horizontalFlip: true },
    randomResizedCrop: { scale: [0.5, 1] },
    colorJitter: { brightness: 0.3, contrast: 0.3, saturation: 0.3 },
  },
} as const satisfies Readonly<Record<string, Augmentation>>;

/** Whatever changes what pixels mean belongs to the network, and is not among these. */
const known: ReadonlySet<string> = new Set<keyof Augmentation>([
  ...(['rotationRange', 'widthShiftRange', 'heightShiftRange', 'shearRange'] as const),
  ...(['zoomRange', 'horizontalFlip', 'verticalFlip', 'channelShiftRange'] as const),
  ...(['brightnessRange', 'randomResizedCrop', 'colorJitter', 'randAugment'] as const),
  ...(['randomErasing', 'fillMode', 'cval', 'interpolationOrder'] as const),
]);

export const augmentationNames = Object.keys(sets);

/** @throws GraftError for a name that is none, and an option that is not known or out of range */
export function parseAugmentation(text: string): Augmentation {
  const { name, settings } = parseSettings(text, {
    ...{ what: '--augment', example: 'standard:rotationRange=30', key: 'augment' },
  });
  if (!Object.hasOwn(sets, name))
    throw invalidArgument('--augment', `one of ${augmentationNames.join(', ')}`, name);
  const unknown = Object.keys(settings).find((option) => !known.has(option));
  if (unknown !== undefined)
    throw invalidArgument('an option of --augment', `one of ${[...known].join(', ')}`, unknown);
  const options: Augmentation = { ...sets[name as keyof typeof sets], ...settings };
  drawTransform(options, [8, 8], { seed: 0, epoch: 0, index: 0 });
  return options;
}
