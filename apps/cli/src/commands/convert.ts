// graft convert: a model file in another format.

import { Option, type Command } from 'commander';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { GraftError, invalidArgument, isGraftError } from '@graftjs/core';
import { checkFolder, writeWhole } from '@graftjs/core/node';
import { toOnnx, type ToOnnxOptions } from '@graftjs/inference';
import type { TrainingToSave } from '@graftjs/keras-format';
import { loadContent, type ModelContent, saveModel, saveWeights } from '@graftjs/keras-format/node';
import { loadBackend } from '../backend.js';
import { optimizerFromState } from '../optimizer-from-state.js';

export function addConvert(program: Command): void {
  program
    .command('convert')
    .description('write a model file in another format; the extensions say which')
    .argument('<in>', 'a model file: .keras, .h5 or .json')
    .argument('<out>', 'the file to write: .keras, .h5, .weights.h5, .json or .onnx')
    .option('--no-optimizer', "leave the optimizer's state out")
    .addOption(
      new Option('--weights <format>', 'how a .onnx file keeps the weights').choices([
        ...['float32', 'float16', 'int8'],
      ]),
    )
    .option('--json', 'print what was written as JSON', false)
    .addHelpText(
      'after',
      `
A .json holds no state of an optimizer, a .onnx only what the model predicts: for ONNX Runtime and its kin, with images as
they are in Keras. Files of weights hold no model, and cannot be converted.

Examples:
  graft convert model.h5 model.keras
  graft convert model.keras model.weights.h5
  graft convert model.h5 model.onnx
  graft convert model.h5 small.onnx --weights int8        a quarter of the size, rounded
  graft convert --no-optimizer halfway.keras model.h5   without the state of the optimizer`,
    )
    .action(convert);
}

interface ConvertOptions {
  readonly optimizer: boolean;
  readonly weights?: ToOnnxOptions['weights'];
  readonly json: boolean;
}

async function convert(from: string, to: string, options: ConvertOptions): Promise<void> {
  const write = writerOf(to);
  if (options.weights !== undefined && write !== writeOnnx)
    throw invalidArgument('--weights', 'left out but for a .onnx file', options.weights);
  await checkFolder(to);
  await loadBackend();
  const content = await loadContent(from);
  if (content.kind === 'tensors') {
    const what = content.problem ?? `${from} holds weights and no model`;
    throw new GraftError(`${what}; only a model can be converted`);
  }
  const { model } = content;
  const training =
    options.optimizer && !withoutTraining.has(write) ? await trainingIn(content) : {};
  await write(model, to, training, options);
  const result = {
    ...{ from, to, parameters: model.countParams() },
    optimizer: training.optimizer?.getClassName().replace(/^Graft/, '') ?? null,
  };
  const state = result.optimizer ? `, with the state of ${result.optimizer}` : '';
  console.log(
    options.json
      ? JSON.stringify(result)
      : `wrote ${to}: ${result.parameters.toLocaleString('en')} parameters${state}`,
  );
}

type Write = (
  model: LayersModel,
  path: string,
  training: TrainingToSave,
  options: ConvertOptions,
) => Promise<void>;

const writeJson: Write = (model, path) => saveModel(model, path);

const writeOnnx: Write = async (model, path, _training, { weights }) =>
  writeWhole(path, await toOnnx(model, weights && { weights }));

/** What writes nothing of the training. */
const withoutTraining: ReadonlySet<Write> = new Set([writeJson, writeOnnx]);

const writers: readonly (readonly [ending: string, write: Write])[] = [
  ['.weights.h5', saveWeights],
  ['.h5', saveModel],
  ['.keras', saveModel],
  ['.json', writeJson],
  ['.onnx', writeOnnx],
];

/** By the end of the name, before anything is read. */
function writerOf(path: string): Write {
  const [, write] = writers.find(([ending]) => path.toLowerCase().endsWith(ending)) ?? [];
  if (write) return write;
  throw invalidArgument(
    '<out>',
    'the path of a .keras, .h5, .weights.h5, .json or .onnx file',
    path,
  );
}

async function trainingIn(content: ModelContent): Promise<TrainingToSave> {
  const { model, optimizerState, loss, metrics, problem } = content;
  if (problem !== undefined) refuse(problem);
  if (!optimizerState) return {};
  const optimizer = await optimizerFromState(optimizerState, model).catch(refuse);
  const isName = (value: unknown): value is string => typeof value === 'string';
  return {
    optimizer,
    ...(isName(loss) ? { loss } : {}),
    ...(metrics?.every(isName) ? { metrics } : {}),
  };
}

function refuse(reason: unknown): never {
  if (typeof reason !== 'string' && !isGraftError(reason)) throw reason;
  const why = typeof reason === 'string' ? reason : reason.message;
  throw new GraftError(`${why}; --no-optimizer leaves it out`, { cause: reason });
}
