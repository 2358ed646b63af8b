// The folder where Keras keeps what it has downloaded.

import type { WeightsProvider } from '../weights-provider.js';
import { readIfThere } from './folder-store.js';

const { homedir } = process.getBuiltinModule('node:os');
const { join } = process.getBuiltinModule('node:path');

/** `$KERAS_HOME/models`, else `~/.keras/models`. It is only read. */
export function kerasHome(env: NodeJS.ProcessEnv = process.env): WeightsProvider {
  const folder = join(env.KERAS_HOME || join(homedir(), '.keras'), 'models');
  return { name: folder, read: ({ name }) => readIfThere(join(folder, name)) };
}
