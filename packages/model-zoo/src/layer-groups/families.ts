// How the networks of the zoo divide into groups of layers: a line for each family. What a layer's name must look like.

/**
 * The stem, then the stages, by names of layers. A group is all that leads to these and is in no group before, so that
 * layers whose names say nothing (`conv2d_7`) need none; what follows the last group is the head.
 */
export const layerFamilies: Readonly<Record<string, readonly RegExp[]>> = {
  alexNet: [/^c1_lrn$/, /^c3_lrn$/, /^(c[567]|s8)$/],
  denseNet: [/^(conv1[_/]|pool1$)/, /^(conv2_block\d+_concat$|pool2_)/, /^(conv3_|pool3_)/, /^(conv4_|pool4_)/, /^(conv5_|bn$|relu$)/],
  efficientNet: [/^stem_/, /^block1[a-z]_/, /^block2/, /^block3/, /^block4/, /^block5/, /^block6/, /^(block7|top_(conv|bn|activation)$)/],
  inceptionResNetV2: [/^max_pooling2d(_1)?$/, /^block35_/, /^block17_/, /^(block8_|conv_7b)/],
  inceptionV3: [/^max_pooling2d(_1)?$/, /^mixed[012]$/, /^mixed[34567]$/, /^mixed(8|9|10)$/],
  mobileNet: [/^conv1(_|$)/, /^conv_(dw|pw)_1(_|$)/, /^conv_(dw|pw)_[23](_|$)/, /^conv_(dw|pw)_[45](_|$)/, /^conv_(dw|pw)_([6-9]|1[01])(_|$)/, /^conv_(dw|pw)_1[23](_|$)/],
  mobileNetV2: [/^(Conv1|bn_Conv1)/, /^expanded_conv_/, /^block_[12]_/, /^block_[345]_/, /^block_[6-9]_/, /^block_1[012]_/, /^block_1[345]_/, /^(block_16_|Conv_1|out_relu$)/],
  nasNet: [/(^stem_|_stem_[12]$)/, /_reduce_(4|6)$/, /_reduce_(8|12)$/, /^normal_/],
  resNet: [/^(conv1_|pool1_)/, /^conv2_block\d+_out$/, /^conv3_/, /^conv4_/, /^(conv5_|post_)/],
  // The activation of a block comes before the sum's name does: `add_2`.
  xception: [/^block1_conv/, /^block(4_sep|5_sepconv1_act$)/, /^block(12_|13_sepconv1_act$)/, /^block14_/],
  vgg: [/^block1_/, /^block2_/, /^block3_/, /^block4_/, /^block5_/],
}; // prettier-ignore
