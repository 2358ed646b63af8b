// Loads TensorFlow for Node, with Graft's kernels, when a command first needs it.

import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { nodeBackend, registerNodeBackend, restoreRemovedNodeUtils } from '@graftjs/backend-node';
import { GraftError } from '@graftjs/core';

/** Where the CLI's own dependencies are found. */
export const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/** What to type, from the current folder, to install TensorFlow anew: the same in this repository and in a project. */
export function installCommand(): string {
  const manifest = createRequire(import.meta.url).resolve('@graftjs/backend-node/package.json');
  const program = path.join(path.dirname(manifest), 'dist', 'cli.js');
  const [file, from] = [program, packageFolder].map((to) => path.relative('', to) || '.');
  return `node ${file} install --force --from ${from}`;
}

export interface BackendInfo {
  readonly backend: string;
  readonly tensorflow: string;
  readonly device: 'CPU' | 'GPU';
  /** [height, width, 1 or 3] of int32, 0 to 255. */
  readonly encodePng: (image: tf.Tensor3D) => Promise<Uint8Array>;
}

/**
 * Loads tfjs-node-gpu and makes it the backend.
 *
 * @param threads that an operation may use; default: TensorFlow's choice. `TF_NUM_INTRAOP_THREADS` goes before it
 * @throws GraftError where its native half is missing, with what to do
 */
export async function loadBackend(threads?: number): Promise<BackendInfo> {
  // TensorFlow reads this while it is loaded; its notes on every graph are not for users.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  if (threads !== undefined) process.env.TF_NUM_INTRAOP_THREADS ??= String(threads);
  restoreRemovedNodeUtils();
  let tfjsNode: typeof import('@tensorflow/tfjs-node-gpu');
  try {
    // Not a static import: where the native half is missing, loading throws, and doctor must be able to say so.
    tfjsNode = createRequire(import.meta.url)('@tensorflow/tfjs-node-gpu') as typeof tfjsNode;
  } catch (error) {
    const [line] = String(error).split('\n');
    throw new GraftError(`TensorFlow could not be loaded (${line}); run: ${installCommand()}`);
  }
  registerNodeBackend();
  await tf.setBackend('tensorflow');
  const { binding, isUsingGpuDevice } = nodeBackend();
  return {
    backend: tf.getBackend(),
    tensorflow: binding.TF_Version,
    device: isUsingGpuDevice ? 'GPU' : 'CPU',
    encodePng: (image) => tfjsNode.node.encodePng(image),
  };
}
