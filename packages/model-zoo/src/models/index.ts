// The models: every function that makes one. What lists models is derived from these exports.

export { alexNet } from './alexnet.js';
export { denseNet121, denseNet169, denseNet201 } from './densenet.js';
export { efficientNetLite0 } from './efficientnet-lite.js';
export { inceptionResNetV2 } from './inception-resnet-v2.js';
export { inceptionV3 } from './inception-v3.js';
export { mobileNetV2 } from './mobilenet-v2.js';
export { mobileNet } from './mobilenet.js';
export { nasNetLarge, nasNetMobile } from './nasnet.js';
export { resNet50V2, resNet101V2, resNet152V2 } from './resnet-v2.js';
export { resNet50, resNet101, resNet152 } from './resnet.js';
export { vgg16, vgg19 } from './vgg.js';
export { xception } from './xception.js';
