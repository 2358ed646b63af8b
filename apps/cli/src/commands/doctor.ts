// graft doctor: what is installed here, what works, and what is missing.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { installStatus, type InstallStatus } from '@graftjs/backend-node/install';
import {
  GraftError,
  isGraftError,
  missingTrainingKernels,
  type MissingKernel,
} from '@graftjs/core';
import { installCommand, loadBackend, packageFolder, type BackendInfo } from '../backend.js';
import {
  diagnosePrediction,
  predictionLines,
  type PredictionDiagnosis,
} from './diagnose-prediction.js';
import { killerOfNative } from './probe-native.js';

/** Backends whose kernels can be asked for in Node, loaded or not. */
const BACKENDS = ['tensorflow', 'cpu', 'wasm', 'webgl', 'webgpu'];

interface Diagnosis {
  readonly node: string;
  readonly platform: string;
  readonly native: InstallStatus;
  /** Names of the NVIDIA devices that the driver lists. */
  readonly gpus: readonly string[];
  readonly backend: Omit<BackendInfo, 'encodePng'> | { readonly error: string };
  readonly prediction: PredictionDiagnosis;
  /** By backend; null where the backend is not loaded. */
  readonly missingTrainingKernels: Readonly<Record<string, readonly MissingKernel[] | null>>;
}

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('say what is installed, what works, and what is missing')
    .option('--json', 'print the findings as JSON', false)
    .addHelpText('after', '\nExamples:\n  graft doctor\n  graft doctor --json')
    .action(async ({ json }: { json: boolean }) => {
      const diagnosis = await diagnose();
      console.log(json ? JSON.stringify(diagnosis) : describe(diagnosis).join('\n'));
      if ('error' in diagnosis.backend) throw new GraftError(diagnosis.backend.error);
    });
}

async function diagnose(): Promise<Diagnosis> {
  const backend = await tryBackend();
  return {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    native: installStatus({ from: packageFolder }),
    gpus: await nvidiaDevices(),
    backend,
    prediction: await diagnosePrediction(!('error' in backend)),
    missingTrainingKernels: Object.fromEntries(
      BACKENDS.map((name) => [name, missingTrainingKernels(name) ?? null]),
    ),
  };
}

async function tryBackend(): Promise<Diagnosis['backend']> {
  try {
    const killer = await killerOfNative(packageFolder);
    if (killer !== null) {
      const crash = `TensorFlow crashes when it is loaded (${killer})`;
      return { error: `${crash}; run: ${installCommand()}` };
    }
    const { backend, tensorflow, device } = await loadBackend();
    return { backend, tensorflow, device };
  } catch (error) {
    if (isGraftError(error)) return { error: error.message };
    throw error;
  }
}

async function nvidiaDevices(): Promise<string[]> {
  try {
    const query = ['--query-gpu=name', '--format=csv,noheader'];
    const { stdout } = await promisify(execFile)('nvidia-smi', query);
    return stdout.split('\n').filter((line) => line !== '');
  } catch {
    // No driver, or one that answers nothing: there is no device to use.
    return [];
  }
}

function describe({
  node,
  platform,
  native,
  gpus,
  backend,
  prediction,
  missingTrainingKernels: missing,
}: Diagnosis): string[] {
  const line = (name: string, text: string) => `${name.padEnd(12)} ${text}`;
  const works =
    'error' in backend
      ? `does not load: ${backend.error}`
      : `${backend.backend}, TensorFlow ${backend.tensorflow}, runs on the ${backend.device}`;
  const gigabytes = (native.cache.bytes / 1e9).toFixed(1);
  return [
    line('Node', `${node} on ${platform}`),
    line('Backend', works),
    ...native.packages.map(({ name, version, state, variant }) =>
      line('Native half', `${name} ${version}: ${state}${variant ? `, for ${variant}` : ''}`),
    ),
    line('GPUs', gpus.length > 0 ? gpus.join(', ') : 'none found by nvidia-smi'),
    line('Cache', `${native.cache.folder} (${gigabytes} GB)`),
    ...predictionLines(prediction).map(([name, text]) => line(name, text)),
    'Training kernels that are missing',
    ...Object.entries(missing).map(([name, kernels]) => `  ${line(name, kernelsLine(kernels))}`),
  ];
}

function kernelsLine(kernels: readonly MissingKernel[] | null): string {
  if (kernels === null) return 'not loaded';
  if (kernels.length === 0) return 'none';
  return kernels.map(({ kernel, neededFor }) => `${kernel} (${neededFor})`).join('; ');
}
