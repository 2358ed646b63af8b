// From what the user chose to a layers model, and to what its inputs and outputs mean.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import { GraftError, invalidArgument } from '@graftjs/core';
import { modelFromH5, modelFromKeras, readBytes } from '@graftjs/keras-format';
import { mirror, modelTable, zooModel, type WeightsProgress } from '@graftjs/model-zoo';
import type { LoadRequest, ModelSource, Progress } from '../protocol.js';

interface ReadModel {
  readonly model: LayersModel;
  readonly name: string;
  readonly preprocess: LoadRequest['preprocess'];
}

const readers = { '.h5': modelFromH5, '.keras': modelFromKeras };

/** @throws GraftError where the file is no such model, or the weights cannot be had */
export async function readModel(
  { source, preprocess }: LoadRequest,
  onProgress: (progress: Progress) => void,
): Promise<ReadModel> {
  if (source.kind === 'zoo') return readZooModel(source, onProgress);
  const { name } = source.file;
  const extension = (['.h5', '.keras'] as const).find((each) => name.toLowerCase().endsWith(each));
  if (!extension) throw invalidArgument('the model', 'a file .h5 or .keras', name);
  onProgress({ text: `Reading ${name}` });
  const model = await readers[extension](await readBytes(source.file), { name });
  return { model, name, preprocess };
}

async function readZooModel(
  { name, weights, mirror: url }: ModelSource & { kind: 'zoo' },
  onProgress: (progress: Progress) => void,
): Promise<ReadModel> {
  const { title, preprocess } = modelTable[name];
  onProgress({ text: weights ? `Reading ${weights.name}` : `Looking for the weights of ${title}` });
  const model = await zooModel(name, {
    ...(weights && { weights }),
    providers: url === undefined ? [] : [mirror(url)],
    onProgress: (progress) => onProgress(downloading(progress)),
  });
  return { model, name: title, preprocess };
}

function downloading({ file, source, received, total }: WeightsProgress): Progress {
  const size = `${megabytes(received)}${total ? ` of ${megabytes(total)}` : ''} MB`;
  const text = `Downloading ${file} from ${source}: ${size}`;
  return total ? { text, share: received / total } : { text };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/**
 * Height and width of the photos that a model takes.
 *
 * @param given for a model that takes any size
 * @throws GraftError where it takes no photos, or a size is missing
 */
export function photoSize(model: LayersModel, given: number | undefined): [number, number] {
  const [, height, width, channels] = model.inputs[0]?.shape ?? [];
  if (model.inputs.length !== 1 || model.inputs[0]?.shape.length !== 4 || channels !== 3) {
    const shapes = model.inputs.map(({ shape }) => `[${shape.map((n) => n ?? 'any').join(', ')}]`);
    throw new GraftError(
      `the model must take photos, [batch, height, width, 3]. It takes ${shapes.join(' and ')}`,
    );
  }
  const size = [height ?? given, width ?? given];
  if (size.every((side) => side !== undefined)) return size as [number, number];
  throw new GraftError('the model takes photos of any size: choose one');
}

/** @throws GraftError where a model does not give one list of numbers for a photo */
export function classCount(model: LayersModel): number {
  const [, classes, ...more] = model.outputs[0]?.shape ?? [];
  if (model.outputs.length === 1 && typeof classes === 'number' && more.length === 0) {
    // One output is the probability of the second of two classes.
    return classes === 1 ? 2 : classes;
  }
  const shapes = model.outputs.map(({ shape }) => `[${shape.map((n) => n ?? 'any').join(', ')}]`);
  throw new GraftError(
    `the model must tell classes, [batch, classes]. It gives ${shapes.join(' and ')}`,
  );
}
