// Keras's model files in and out of tfjs-layers, as bytes. For files on a disk: @graftjs/keras-format/node.

export { modelFromH5, modelToH5 } from './h5.js';
