// The models: every function that makes one. What lists models is derived from these exports.

export { vgg16, vgg19 } from './vgg.js';
