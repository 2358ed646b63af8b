// What the page does: it loads the chosen model and asks it about the photos, by one worker at a time.

import { batch, signal } from '@preact/signals';
import { droppedFiles } from './dropped-files.js';
import type { ModelSource } from './protocol.js';
import { startWorker, type StartedWorker } from './start-worker.js';
import {
  backends,
  isPredicting,
  labels,
  model,
  notice,
  photos,
  settings,
  source,
  zoo,
  type PhotoState,
  type Settings,
} from './state.js';

/** The worker that has the model, or loads it. */
let worker: StartedWorker | undefined;
/** One that has only been asked what there is. */
let spare: StartedWorker | undefined;
let probing: Promise<void> | undefined;
/** Counts what was begun, so that what was stopped meanwhile is known by its number. */
let run = 0;

export function begin(): void {
  probing = probe();
}

/** Asks a first worker what this browser has, and settles for the best. */
async function probe(): Promise<void> {
  spare = startWorker();
  try {
    const [found, entries] = await Promise.all([spare.backends(), spare.zoo()]);
    const present = found.filter(({ missing }) => missing === undefined);
    const best = present.find(({ slow }) => slow === undefined) ?? present[0];
    batch(() => {
      backends.value = found;
      zoo.value = entries;
      if (best) settings.value = { ...settings.value, backend: best.name };
    });
  } catch (error) {
    notice.value = lineOf(error);
  }
}

/** Takes files for what their names say they are: a model, the names of its classes, else photos. */
export function takeFiles(files: Iterable<File>): void {
  const all = [...files];
  const ending = (file: File, pattern: RegExp) => pattern.test(file.name.toLowerCase());
  const names = all.find((file) => ending(file, /\.txt$/));
  const network = all.find((file) => ending(file, /\.(?:h5|keras)$/));
  const pictures = all.filter((file) => !ending(file, /\.(?:txt|h5|keras)$/));
  batch(() => {
    notice.value = '';
    addPhotos(pictures);
    if (network) {
      // Names that came before any model are this one's.
      if (source.value) labels.value = undefined;
      source.value = { kind: 'file', file: network };
    }
    if (names) labels.value = names;
  });
  if (network || (names && source.value)) void load();
  else void predictWaiting();
}

export async function takeDropped(transfer: DataTransfer | null): Promise<void> {
  try {
    takeFiles(await droppedFiles(transfer));
  } catch (error) {
    notice.value = lineOf(error);
  }
}

export function chooseZoo(chosen: ModelSource & { readonly kind: 'zoo' }): void {
  labels.value = undefined;
  source.value = chosen;
  void load();
}

/** A model that was loaded is loaded again, since each belongs to a backend and an engine. */
export function change(some: Partial<Settings>): void {
  settings.value = { ...settings.value, ...some };
  if (source.value) void load();
}

/** Loads the chosen model, and asks it about all photos. */
export async function load(): Promise<void> {
  const chosen = source.value;
  if (!chosen) return;
  const own = ++run;
  worker?.stop();
  worker = undefined;
  batch(() => {
    isPredicting.value = false;
    model.value = { is: 'loading', text: 'Starting' };
    for (const { state } of photos.value) state.value = { is: 'waiting' };
  });
  await probing;
  if (own !== run) return;
  const loading = spare ?? startWorker();
  spare = undefined;
  worker = loading;
  try {
    const request = {
      ...settings.value,
      source: chosen,
      ...(labels.value && { labels: labels.value }),
    };
    const facts = await loading.load(request, (progress) => {
      if (own === run) model.value = { is: 'loading', ...progress };
    });
    if (own !== run) return;
    model.value = { is: 'ready', facts };
  } catch (error) {
    if (own === run) model.value = { is: 'failed', message: lineOf(error) };
    return;
  }
  await predictWaiting();
}

/** Asks about one photo after the other; a broken one is said to be broken, and the rest go on. */
export async function predictWaiting(): Promise<void> {
  if (isPredicting.value || model.value.is !== 'ready' || !worker) return;
  const own = ++run;
  const asked = worker;
  const next = () => photos.value.find(({ state }) => state.value.is === 'waiting');
  isPredicting.value = true;
  for (let photo = next(); photo; photo = next()) {
    photo.state.value = { is: 'predicting' };
    const state = await ask(asked, photo.file);
    if (own !== run) return;
    photo.state.value = state;
  }
  isPredicting.value = false;
}

async function ask(asked: StartedWorker, photo: File): Promise<PhotoState> {
  try {
    return { is: 'answered', answer: await asked.predict(photo) };
  } catch (error) {
    return { is: 'failed', message: lineOf(error) };
  }
}

/** Ends loading at once. */
export function stopLoading(): void {
  run++;
  worker?.stop();
  worker = undefined;
  model.value = { is: 'none' };
}

/** The photos that are not answered stay waiting; the model stays loaded. */
export function stopPredicting(): void {
  run++;
  batch(() => {
    isPredicting.value = false;
    for (const { state } of photos.value) {
      if (state.value.is === 'predicting') state.value = { is: 'waiting' };
    }
  });
}

function addPhotos(files: readonly File[]): void {
  const added = files.map((file) => ({
    ...{ file, url: URL.createObjectURL(file) },
    state: signal<PhotoState>({ is: 'waiting' }),
  }));
  photos.value = [...photos.value, ...added];
}

export function clearPhotos(): void {
  for (const { url } of photos.value) URL.revokeObjectURL(url);
  photos.value = [];
}

function lineOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] || 'something failed without saying why';
}
