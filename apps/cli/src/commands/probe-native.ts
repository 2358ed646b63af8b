// Loads tfjs-node in a process of its own first: a damaged library kills the process that loads it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { restoreRemovedNodeUtils } from '@graftjs/backend-node';

const program = `
(${restoreRemovedNodeUtils.toString()})();
const tf = require('node:module').createRequire(process.argv[1])('@tensorflow/tfjs-node-gpu');
tf.add([1], [2]).dataSync();
`;

/**
 * Lets the tfjs-node-gpu of a project add 1 and 2.
 *
 * @param folder the project, with a slash at its end
 * @returns the signal that killed the process, such as `SIGBUS`, or null where it ended by itself, well or not
 */
export async function killerOfNative(folder: string): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, ['-e', program, folder], { stdio: 'ignore' });
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return signal;
}
