// What the page knows: what there is, what was chosen, and what came of it.

import { computed, signal, type Signal } from '@preact/signals';
import type {
  Answer,
  BackendName,
  BackendStatus,
  Engine,
  LoadRequest,
  ModelFacts,
  ModelSource,
  Progress,
  ZooEntry,
} from './protocol.js';

export interface Settings {
  readonly backend: BackendName;
  readonly engine: Engine;
  readonly preprocess: LoadRequest['preprocess'];
  /** Height and width for a model that takes any. */
  readonly size: number;
}

export type ModelState =
  | { readonly is: 'none' }
  | ({ readonly is: 'loading' } & Progress)
  | { readonly is: 'ready'; readonly facts: ModelFacts }
  | { readonly is: 'failed'; readonly message: string };

export type PhotoState =
  | { readonly is: 'waiting' }
  | { readonly is: 'predicting' }
  | { readonly is: 'answered'; readonly answer: Answer }
  | { readonly is: 'failed'; readonly message: string };

export interface Photo {
  readonly file: File;
  readonly url: string;
  readonly state: Signal<PhotoState>;
}

export const backends = signal<readonly BackendStatus[]>([]);
export const zoo = signal<readonly ZooEntry[]>([]);
export const settings = signal<Settings>({
  ...{ backend: 'cpu', engine: 'auto', preprocess: 'none', size: 224 },
});
export const source = signal<ModelSource>();
export const labels = signal<File>();
export const model = signal<ModelState>({ is: 'none' });
export const photos = signal<readonly Photo[]>([]);
export const isPredicting = signal(false);
/** What concerns neither the model nor a photo. */
export const notice = signal('');

/** How many photos there are of each kind, and which failed. */
export const counts = computed(() => {
  const files = (is: PhotoState['is']) =>
    photos.value.filter(({ state }) => state.value.is === is).map(({ file }) => file.name);
  return {
    all: photos.value.length,
    answered: files('answered').length,
    left: files('waiting').length + files('predicting').length,
    failed: files('failed'),
  };
});
