// graft convert: a model file in another format.

import type { Command } from 'commander';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Resumable, TrainingToSave } from '@graftjs/keras-format';
import { loadModel, loadResumable, saveModel, saveWeights } from '@graftjs/keras-format/node';
import { loadBackend } from '../backend.js';
import { optimizerFromState } from '../optimizer-from-state.js';

export function addConvert(program: Command): void {
  program
    .command('convert')
    .description('write a model file in another format; the extensions say which')
    .argument('<in>', 'a model file: .keras, .h5 or .json')
    .argument('<out>', 'the file to write: .keras, .h5, .weights.h5 or .json')
    .option('--no-optimizer', "leave the optimizer's state out")
    .option('--json', 'print what was written as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  graft convert model.h5 model.keras
  graft convert model.keras model.weights.h5
  graft convert --no-optimizer halfway.keras model.h5   without the state of the optimizer`,
    )
    .action(convert);
}

interface ConvertOptions {
  readonly optimizer: boolean;
  readonly json: boolean;
}

async function convert(from: string, to: string, options: ConvertOptions): Promise<void> {
  await loadBackend();
  const { model, training } = options.optimizer
    ? await withTraining(await loadResumable(from))
    : { model: await loadModel(from), training: {} };
  const weightsOnly = to.toLowerCase().endsWith('.weights.h5');
  await (weightsOnly ? saveWeights : saveModel)(model, to, training);
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

async function withTraining({ model, optimizerState, loss, metrics }: Resumable): Promise<{
  model: LayersModel;
  training: TrainingToSave;
}> {
  if (!optimizerState) return { model, training: {} };
  const optimizer = await optimizerFromState(optimizerState, model);
  const isName = (value: unknown): value is string => typeof value === 'string';
  const training = {
    optimizer,
    ...(isName(loss) ? { loss } : {}),
    ...(metrics?.every(isName) ? { metrics } : {}),
  };
  return { model, training };
}
