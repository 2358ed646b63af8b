// The models: every function that makes one. What lists models is derived from these exports.

export { alexNet } from './alexnet.js';
export { efficientNetLite0 } from './efficientnet-lite.js';
export { inceptionResNetV2 } from './inception-resnet-v2.js';
export { inceptionV3 } from './inception-v3.js';
export { nasNetLarge, nasNetMobile } from './nasnet.js';
export { vgg16, vgg19 } from './vgg.js';
export { xception } from './xception.js';
