// What both sides do to images.

const lesson = {
  ...{ rotationRange: 20, widthShiftRange: 0.2, heightShiftRange: 0.2, zoomRange: 0.2 },
  rescale: 1 / 255,
};

export const RECIPES = {
  "the lesson's": lesson,
  'all of geometry and colour': {
    ...{ ...lesson, shearRange: 10, horizontalFlip: true, fillMode: 'reflect' },
    ...{ channelShiftRange: 20, brightnessRange: [0.8, 1.2] },
  },
};
