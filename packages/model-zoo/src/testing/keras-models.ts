// The fixture of the zoo: what Keras's models look like and compute, and the same description of one of ours.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ModelOptions } from '../models/model-options.js';
import type { ModelName } from '../models/registry.js';

/** A model of Keras with some options. */
export interface KerasModel {
  readonly title: string;
  readonly model: ModelName;
  readonly options: ModelOptions;
  /** All that is compared of the model as it is built. */
  readonly built: BuiltModel;
  /** What the values of the last layer with weights are multiplied with. */
  readonly headScale: number;
  /** Where outputs are compared. */
  readonly output?: SampledOutput;
}

export interface BuiltModel {
  readonly name: string;
  readonly parameters: number;
  readonly trainable: number;
  readonly outputShape: readonly (number | null)[];
  readonly layers: number;
  /** Of the descriptions of so many layers each. */
  readonly hashes: readonly string[];
}

export interface SampledOutput {
  readonly shape: readonly number[];
  /** From each value to the next one of `values`. */
  readonly step: number;
  readonly values: readonly number[];
  /** The mean and the largest magnitude of all. */
  readonly summary: readonly [number, number];
}

interface Fixture {
  readonly layersAHash: number;
  readonly models: Record<ModelName, { readonly cases: readonly FixtureCase[] }>;
}

type FixtureCase = BuiltModel & {
  readonly options: ModelOptions;
  readonly headScale?: number;
  readonly output?: SampledOutput;
};

const folder = new URL('../../../../reference/fixtures/zoo/', import.meta.url);
const families = readdirSync(folder).map(
  (file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Fixture,
);

export const kerasModels: readonly KerasModel[] = families.flatMap(({ models }) =>
  Object.entries(models).flatMap(([model, { cases }]) =>
    cases.map(({ options, headScale = 1, output, ...built }) => ({
      title: `${model} ${JSON.stringify(options)}`,
      ...{ model: model as ModelName, options, built, headScale },
      ...(output && { output }),
    })),
  ),
);

/** How many layers there are to a hash. */
const layersAHash = families[0]?.layersAHash ?? 1;

/** A model of ours, described as the fixture does, and what the hashes are of, for whoever looks for a difference. */
export function describeBuilt(model: LayersModel): BuiltModel & { chunks: string[] } {
  const lines = model.layers.map(describeLayer);
  const chunks = Array.from({ length: Math.ceil(lines.length / layersAHash) }, (_, i) =>
    lines.slice(i * layersAHash, (i + 1) * layersAHash).join('\n'),
  );
  return {
    name: model.name,
    parameters: model.countParams(),
    trainable: model.trainableWeights.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    outputShape: model.outputShape as (number | null)[],
    layers: lines.length,
    hashes: chunks.map((chunk) => sha256(chunk).slice(0, 8)),
    chunks,
  };
}

/** `Conv2D conv1 <- input_layer | kernel 3,3,3,32`, and settings as multiples of 1e-9. */
function describeLayer(layer: LayersModel['layers'][number]): string {
  const className = layer.getClassName().replace(/^Graft/, '');
  const nodes = className === 'InputLayer' ? [] : layer.inboundNodes;
  const sources = nodes.flatMap(({ inboundLayers }) => inboundLayers.map(({ name }) => name));
  const config = layer.getConfig();
  const settings = ['epsilon', 'momentum', 'rate'].flatMap((key) =>
    typeof config[key] === 'number' ? [`${key} ${Math.round(config[key] * 1e9)}`] : [],
  );
  const weights = layer.weights.map(
    ({ originalName, shape }) => `${originalName.split('/').at(-1)} ${shape.join()}`,
  );
  return [`${className} ${layer.name} <- ${sources.join()}`, ...settings, ...weights].join(' | ');
}

function sizeOf(shape: readonly (number | null)[]): number {
  return shape.reduce<number>((product, length) => product * (length ?? 0), 1);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
