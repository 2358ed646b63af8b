// Finds the tfjs-node packages that a folder's code would load, and knows where things lie inside them.

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { InstallError } from './errors.js';

export interface TfjsPackage {
  readonly name: string;
  readonly version: string;
  /** Its real folder, links resolved. */
  readonly folder: string;
}

const names = ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'] as const;

/**
 * The installed ones of tfjs-node and tfjs-node-gpu, as seen from `from`. They hold the same JavaScript and C++: the
 * libtensorflow behind them decides whether a GPU is used.
 */
export function findTfjsPackages(from: string): TfjsPackage[] {
  return names.flatMap((name) => {
    const manifest = nodeModulesAbove(from)
      .map((folder) => path.join(folder, name, 'package.json'))
      .find((file) => existsSync(file));
    if (manifest === undefined) return [];
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    return [{ name, version, folder: realpathSync(path.dirname(manifest)) }];
  });
}

/**
 * Where `import` looks. `require.resolve` would look into NODE_PATH as well, which pnpm sets to the packages of the whole
 * workspace while it runs a program.
 */
function nodeModulesAbove(from: string): string[] {
  const folder = path.resolve(from);
  const parent = path.dirname(folder);
  const here = path.join(folder, 'node_modules');
  return parent === folder ? [here] : [here, ...nodeModulesAbove(parent)];
}

/**
 * Like {@link findTfjsPackages}, and at least one.
 *
 * @throws InstallError `tfjs-node-missing`
 */
export function requireTfjsPackages(from: string): TfjsPackage[] {
  const packages = findTfjsPackages(from);
  if (packages.length > 0) return packages;
  throw new InstallError(
    'tfjs-node-missing',
    existsSync(from)
      ? `neither @tensorflow/tfjs-node nor @tensorflow/tfjs-node-gpu is installed in ${from}.`
      : `the folder ${from} does not exist.`,
    'npm install --ignore-scripts @tensorflow/tfjs-node, or name the folder of your project with --from',
  );
}

/** Where things lie inside a tfjs-node package. The first two are Graft's own. */
export function packagePaths({ folder }: TfjsPackage) {
  return {
    /** Link to the `tensorflow` folder of the cache. */
    libraries: path.join(folder, 'deps', 'graft'),
    /** What Graft put in place. */
    stamp: path.join(folder, 'deps', 'graft.json'),
    /** Every Node that Graft supports looks for the binding here. */
    binding: path.join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'),
    /** Where the package's own install script puts libtensorflow. */
    ownLibraries: path.join(folder, 'deps', 'lib'),
    /** The C++ source of the binding. */
    source: path.join(folder, 'binding'),
  };
}
