// Layers of Keras that are not supported, and why.

const why = {
  text: 'it takes text or integers of 64 bits, which tensors do not hold here',
  code: 'it holds Python code, or a model of another framework',
  base: 'it is a base of other layers, and computes nothing itself',
  data: 'it takes labels or boxes with the images, or prepares data outside a model',
  loss: 'it adds to the loss, which tfjs-layers does not let a layer do',
  missing: 'it is not here yet',
};

/** By Keras's class name. */
export const refused: Readonly<Record<string, string>> = {
  ...group(why.text, [
    'StringLookup',
    'IntegerLookup',
    'TextVectorization',
    'Hashing',
    'HashedCrossing',
  ]),
  ...group(why.code, ['Lambda', 'TFSMLayer', 'JaxLayer', 'FlaxLayer', 'TorchModuleWrapper']),
  ...group(why.base, ['Layer', 'Wrapper']),
  ...group(why.data, ['MixUp', 'CutMix', 'MaxNumBoundingBoxes', 'Pipeline']),
  ...group(why.loss, ['ActivityRegularization']),
  ...group(why.missing, [
    ...['AdaptiveAveragePooling1D', 'AdaptiveAveragePooling2D', 'AdaptiveAveragePooling3D'],
    ...['AdaptiveMaxPooling1D', 'AdaptiveMaxPooling2D', 'AdaptiveMaxPooling3D'],
    ...['ConvLSTM1D', 'ConvLSTM2D', 'ConvLSTM3D', 'ReversibleEmbedding', 'SpectralNormalization'],
    ...[
      'MelSpectrogram',
      'STFTSpectrogram',
      'AugMix',
      'RandAugment',
      'AutoContrast',
      'Equalization',
    ],
    ...['ContrastLimitedAdaptiveHistogramEqualization', 'RandomColorDegeneration'],
    ...['RandomColorJitter', 'RandomElasticTransform', 'RandomErasing', 'RandomGaussianBlur'],
    ...[
      'RandomHue',
      'RandomPerspective',
      'RandomPosterization',
      'RandomSaturation',
      'RandomSharpness',
    ],
  ]),
};

function group(reason: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, reason]));
}

/** What an error says behind "is not supported"; names come from files. */
export function refusal(className: string): string {
  return Object.hasOwn(refused, className) ? `: ${refused[className]}` : '';
}
