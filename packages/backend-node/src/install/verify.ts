// Loads a tfjs-node package in a process of its own and lets it compute, to see what it runs on.

import { restoreRemovedNodeUtils } from '../node-compat.js';
import type { InstallContext } from './context.js';
import { InstallError, lastLines } from './errors.js';
import { runProgram } from './run-program.js';
import type { TfjsPackage } from './tfjs-packages.js';
import { TENSORFLOW_VERSION } from './wheels.js';

export interface Verified {
  /** TensorFlow sees a GPU and uses it. */
  readonly gpu: boolean;
  /** What TensorFlow said about CUDA and GPUs, or ''. */
  readonly complaint: string;
}

interface Answer {
  readonly tensorflow: string;
  readonly gpu: boolean;
  readonly sum: number;
}

const program = `
(${restoreRemovedNodeUtils.toString()})();
const tf = require(process.argv[1]);
const { binding, isUsingGpuDevice } = tf.backend();
const sum = tf.add([1], [2]).dataSync()[0];
console.log('\\n' + JSON.stringify({ tensorflow: binding.TF_Version, gpu: isUsingGpuDevice, sum }));
`;

/** @throws InstallError `binding-does-not-load` unless it adds 1 and 2 on the TensorFlow that Graft put there */
export async function verify(
  tfjs: TfjsPackage,
  { env, signal }: InstallContext,
): Promise<Verified> {
  const result = await runProgram(process.execPath, ['-e', program, tfjs.folder], {
    // Warnings say why a GPU is not used.
    env: { ...env, TF_CPP_MIN_LOG_LEVEL: '1' },
    signal,
  });
  const answer = result.ok ? (JSON.parse(lastLines(result.stdout, 1)) as Answer) : undefined;
  if (answer?.tensorflow === TENSORFLOW_VERSION && answer.sum === 3) {
    return { gpu: answer.gpu, complaint: complaints(result.stderr) };
  }
  const happened =
    answer === undefined
      ? `does not load (${result.ending})`
      : `computes 1 + 2 = ${answer.sum} on TensorFlow ${answer.tensorflow}`;
  throw new InstallError(
    'binding-does-not-load',
    `${tfjs.name} was given TensorFlow ${TENSORFLOW_VERSION}, but ${happened} under Node ${process.version}.`,
    'run this again with --force; TensorFlow needs a processor with AVX; if neither helps, please report the output above',
    lastLines(result.stderr),
  );
}

/** Messages of TensorFlow's log at level warning or error, such as `W0000 00:00:1.2 34 gpu_device.cc:5] Cannot dlopen …`. */
function complaints(output: string): string {
  const messages = [...output.matchAll(/^[WE]\d{4} .*?\] (.*)$/gm)].map(([, text = '']) => text);
  return messages.filter((text) => /cuda|gpu|cuInit/i.test(text)).join(' ');
}
