// A LayersModel as tfjs-layers' own model.json with shards of weights, and back.

import { GraftError, invalidArgument } from '@graftjs/core';
import { io } from '@tensorflow/tfjs-core';
import { LayersModel, Sequential } from '@tensorflow/tfjs-layers';
import { crc32 } from './crc32.js';
import { innerFieldsOf } from './inner-layers.js';
import { kerasClassName, type Layer } from './layers/index.js';
import { type ReadOptions, readWith } from './read-model.js';
import { readTfjs, type ReadShard } from './read-tfjs.js';

/** What `tf.loadLayersModel` needs: the text of model.json, and its shards by their paths beside it. */
export interface TfjsFiles {
  readonly json: string;
  readonly shards: ReadonlyMap<string, Uint8Array>;
}

const shardSize = 4 << 20;

/**
 * Writes a model as `model.save` of tfjs-layers does, and tells every Sequential its input. Layers of `@graftjs/layers`
 * keep their names: to open them, `tf.loadLayersModel` needs these registered.
 *
 * @throws GraftError when two layers, in different models within the model, have weights of one name, which the format
 * cannot tell apart
 * @example
 * const { json, shards } = await modelToTfjs(model);
 */
export async function modelToTfjs(model: LayersModel): Promise<TfjsFiles> {
  if (!(model instanceof LayersModel)) throw invalidArgument('model', 'a LayersModel', model);
  const artifacts = await artifactsOf(model);
  const { weightSpecs = [], weightData, modelTopology, ...about } = artifacts;
  const names = weightSpecs.map(({ name }) => name);
  const double = names.find((name, i) => names.indexOf(name) !== i);
  if (double !== undefined) {
    throw new GraftError(
      `model cannot be written as model.json, where two of its weights would be named "${double}"`,
    );
  }
  addInputs(model, modelTopology);
  const bytes = new Uint8Array(io.CompositeArrayBuffer.join(weightData ?? new ArrayBuffer(0)));
  const count = Math.ceil(bytes.length / shardSize);
  // Named by what they hold: until model.json is replaced, the old one has its own.
  const sum = crc32(bytes).toString(16).padStart(8, '0');
  const shards = new Map(
    Array.from({ length: count }, (_, i) => [
      `weights-${sum}-shard${i + 1}of${count}.bin`,
      bytes.subarray(i * shardSize, (i + 1) * shardSize),
    ]),
  );
  const weightsManifest = [{ paths: [...shards.keys()], weights: weightSpecs }];
  return { json: JSON.stringify({ ...about, modelTopology, weightsManifest }), shards };
}

/**
 * Reads a model from tfjs-layers' model.json, also one that the converter made from a Keras model. What is said of
 * `modelFromH5` holds here: the layers are Keras's, and checked.
 *
 * @param readShard gives the bytes of a shard; paths that leave the folder are refused before
 * @throws GraftError when the text is no such model, its weights are quantized, or a layer is not supported
 * @example
 * const url = 'models/clothes/';
 * const json = await (await fetch(`${url}model.json`)).text();
 * const model = await modelFromTfjs(json, (path) => readBytes(url + path));
 */
export async function modelFromTfjs(
  json: string,
  readShard: ReadShard,
  { name = 'model.json' }: ReadOptions = {},
): Promise<LayersModel> {
  if (typeof json !== 'string') throw invalidArgument('json', 'the text of a model.json', json);
  const bytes = new TextEncoder().encode(json);
  const read = () => readTfjs(json, readShard, name);
  return (await readWith(read, bytes, { name }, false)).model;
}

async function artifactsOf(model: LayersModel): Promise<io.ModelArtifacts> {
  let taken: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (artifacts) => {
      taken = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  if (!taken) throw new GraftError('model gave nothing to save');
  return taken;
}

interface Described {
  readonly config?: Readonly<Record<string, unknown>> & {
    layers?: { class_name: string; config: Record<string, unknown> }[];
  };
}

/** tfjs-layers leaves the input of a Sequential out where it was not given with the first layer. */
function addInputs(model: LayersModel, described: unknown): void {
  const list = (described as Described).config?.layers ?? [];
  for (const [i, layer] of model.layers.entries()) addInputsWithin(layer, list[i]);
  const [input] = model.inputs;
  const [first] = list;
  const isKnown = first?.class_name === 'InputLayer' || first?.config.batch_input_shape != null;
  if (!(model instanceof Sequential) || !input || isKnown) return;
  const config = { batch_input_shape: input.shape, dtype: input.dtype, sparse: false };
  list.unshift({ class_name: 'InputLayer', config: { ...config, name: input.sourceLayer.name } });
}

/** A layer may be a model, or be made of one. */
function addInputsWithin(layer: Layer, described: unknown): void {
  if (layer instanceof LayersModel) addInputs(layer, described);
  // Of a Bidirectional of its own, tfjs-layers describes one layer.
  const { config } = (described ?? {}) as Described;
  for (const { field, property } of innerFieldsOf(kerasClassName(layer.getClassName()))) {
    const inner = Reflect.get(layer, property) as Layer | readonly Layer[];
    // Cells hold no models.
    if (!Array.isArray(inner)) addInputsWithin(inner as Layer, config?.[field]);
  }
}
