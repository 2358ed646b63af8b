// What the page and its worker say to each other.

import type { Guess, InferenceOptions, Predictor } from '@graftjs/inference';
import type { ModelName, PreprocessMode } from '@graftjs/model-zoo';

/** The fastest first. */
export const backendNames = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

export const backendTitles: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'CPU',
};

/** What there is of a backend in this browser. */
export interface BackendStatus {
  readonly name: BackendName;
  /** Why it cannot be had. */
  readonly missing?: string;
  /** Why it is slow here. */
  readonly slow?: string;
}

/** As the CLI's `--engine`. */
export type Engine = NonNullable<InferenceOptions['engine']>;

/** A model of the zoo, for a list. */
export interface ZooEntry {
  readonly name: ModelName;
  readonly title: string;
  readonly megabytes: number;
}

export type ModelSource =
  | { readonly kind: 'file'; readonly file: File }
  | {
      readonly kind: 'zoo';
      readonly name: ModelName;
      /** A file of its weights; else they are downloaded. */
      readonly weights?: File;
      /** The URL of a folder that is asked for the weights before their publisher. */
      readonly mirror?: string;
    };

export interface LoadRequest {
  readonly source: ModelSource;
  /** The names of the classes, one in each line. */
  readonly labels?: File;
  readonly backend: BackendName;
  readonly engine: Engine;
  /** Of a file; a model of the zoo has its own. */
  readonly preprocess: PreprocessMode | 'none';
  /** Height and width for a model that takes any. */
  readonly size?: number;
}

/** How far loading is. */
export interface Progress {
  readonly text: string;
  /** In [0, 1], where it is known. */
  readonly share?: number;
}

/** A model that is ready to predict. */
export interface ModelFacts {
  readonly name: string;
  readonly backend: BackendName;
  readonly engine: Predictor['engine'];
  /** Height and width of the photos that it takes. */
  readonly size: readonly [number, number];
  readonly preprocess: PreprocessMode | 'none';
  readonly classes: number;
  /** Where the names of the classes are from. */
  readonly labels: string;
  /** From the file, or the start of the download, on. */
  readonly seconds: number;
}

export interface Answer {
  readonly guesses: readonly Guess[];
  /** From pixels of the model's size to probabilities. */
  readonly seconds: number;
}

/** A worker, which holds one model. */
export interface PredictionWorker {
  backends(): Promise<BackendStatus[]>;
  zoo(): Promise<ZooEntry[]>;
  load(request: LoadRequest, onProgress: (progress: Progress) => void): Promise<ModelFacts>;
  predict(photo: File): Promise<Answer>;
}
