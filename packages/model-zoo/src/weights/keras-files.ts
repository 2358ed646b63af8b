// The names and hashes of the weight files that Keras publishes, as the sources of keras.applications (3.15) list them.

import type { PretrainedFiles, WeightsFile } from './model-entry.js';

/** The folder of the publisher: Keras downloads from here. */
const kerasApplications = 'https://storage.googleapis.com/tensorflow/keras-applications';

const ordered = 'weights_tf_dim_ordering_tf_kernels';

/** A model with one pair of files: `<stem>_weights_….h5` in a folder, and the same with `_notop`. */
export function kerasFiles(
  folder: string,
  stem: string,
  md5: readonly [top: string, noTop: string],
): readonly [PretrainedFiles] {
  const [top, noTop] = md5;
  return [
    {
      top: file(folder, `${stem}_${ordered}.h5`, top),
      noTop: file(folder, `${stem}_${ordered}_notop.h5`, noTop),
    },
  ];
}

/** NASNet's files have one name at the publisher and another in Keras's cache. */
export function nasNetFiles(
  version: 'mobile' | 'large',
  md5: readonly [top: string, noTop: string],
): readonly [PretrainedFiles] {
  const [top, noTop] = md5;
  const url = `${kerasApplications}/nasnet/NASNet-${version}`;
  return [
    {
      top: { name: `nasnet_${version}.h5`, url: `${url}.h5`, hash: md5Of(top) },
      noTop: { name: `nasnet_${version}_no_top.h5`, url: `${url}-no-top.h5`, hash: md5Of(noTop) },
    },
  ];
}

/** MobileNet's widths and sizes. Keras publishes no hashes of them. */
export function mobileNetFiles(): PretrainedFiles[] {
  const widths = { 1: '1_0', 0.75: '7_5', 0.5: '5_0', 0.25: '2_5' };
  return pairs(Object.keys(widths).map(Number), [224, 192, 160, 128], (alpha, size) => {
    const stem = `mobilenet_${widths[alpha as keyof typeof widths]}_${size}_tf`;
    return ['mobilenet', stem];
  });
}

/** MobileNetV2's widths and sizes; the wide ones were trained at one size. Keras publishes no hashes of them. */
export function mobileNetV2Files(): PretrainedFiles[] {
  const stemOf = (alpha: number, size: number) => {
    const width = Number.isInteger(alpha) ? alpha.toFixed(1) : String(alpha);
    return ['mobilenet_v2', `mobilenet_v2_${ordered}_${width}_${size}`] as const;
  };
  const narrow = pairs([1, 0.75, 0.5, 0.35], [224, 192, 160, 128, 96], stemOf);
  return [...narrow, ...pairs([1.3, 1.4], [224], stemOf)];
}

function pairs(
  alphas: readonly number[],
  sizes: readonly number[],
  stemOf: (alpha: number, size: number) => readonly [folder: string, stem: string],
): PretrainedFiles[] {
  return alphas.flatMap((alpha) =>
    sizes.map((size) => {
      const [folder, stem] = stemOf(alpha, size);
      return {
        ...{ alpha, size },
        top: file(folder, `${stem}.h5`),
        noTop: file(folder, `${stem}_no_top.h5`),
      };
    }),
  );
}

function file(folder: string, name: string, md5?: string): WeightsFile {
  const url = `${kerasApplications}/${folder}/${name}`;
  return md5 === undefined ? { name, url } : { name, url, hash: md5Of(md5) };
}

function md5Of(hex: string) {
  return { algorithm: 'md5', hex } as const;
}
