// The installation from start to end. What is in place already is left alone.

import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { bindingKey, compileBinding } from './binding.js';
import { bindingFile, cacheFolder, isComplete, removeLeftovers, siteFolder } from './cache.js';
import { findCompiler } from './compiler.js';
import type { InstallContext } from './context.js';
import { explainFileError } from './explain-file-error.js';
import { linkPackage, validStamp, writeStamp } from './link.js';
import { withLock } from './lock.js';
import { thisHost, wheelsForHost } from './platform.js';
import { findPython } from './python.js';
import { fillSite } from './site.js';
import { requireTfjsPackages, type TfjsPackage } from './tfjs-packages.js';
import { verify } from './verify.js';
import { TENSORFLOW_VERSION, type Architecture, type Variant, type Wheel } from './wheels.js';

export interface InstallOptions {
  /** TensorFlow with CUDA 12 instead of the one for the CPU; Linux on x86-64 only. Default false. */
  readonly cuda?: boolean;
  /** Folder whose tfjs-node packages are meant: a project. Default: the current folder. */
  readonly from?: string;
  /** Download, compile and verify again, even if all is in place. Default false. */
  readonly force?: boolean;
  /** Receives a line for each step. Default: nothing is shown. */
  readonly log?: (line: string) => void;
  /** Receives bytes received and bytes expected, twice a second during the download. */
  readonly onDownload?: (received: number, total: number) => void;
  /** Stops the installation: child processes end, nothing half-written remains. */
  readonly signal?: AbortSignal;
  /** Environment to use: PATH, PYTHON, CXX, GRAFT_CACHE, XDG_CACHE_HOME and those of pip. Default: `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface InstalledPackage extends TfjsPackage {
  /** False if all was in place already. */
  readonly changed: boolean;
  /** TensorFlow used a GPU when the package was verified. */
  readonly gpu: boolean;
}

export interface InstallReport {
  /** Version of TensorFlow that the packages now run on. */
  readonly tensorflow: string;
  readonly variant: Variant;
  /** Folder of the libraries in the cache. */
  readonly site: string;
  readonly packages: readonly InstalledPackage[];
  /** Things worth knowing, such as a missing GPU. */
  readonly notes: readonly string[];
  readonly seconds: number;
}

interface Plan {
  readonly variant: Variant;
  readonly architecture: Architecture;
  readonly wheels: readonly Wheel[];
  readonly cache: string;
  readonly site: string;
}

/**
 * Gives the tfjs-node packages of a project a current TensorFlow: downloads its wheels with pip, compiles the binding, verifies.
 *
 * Safe to run several times at once, and quick where all is in place. Needs Python 3.8 with pip, a C++ compiler and the network,
 * once for each user.
 *
 * @throws InstallError naming what is missing and what to do, or the reason of `signal`
 * @example
 * const { packages } = await install({ cuda: true, log: console.error });
 * console.log(packages.map(({ name, gpu }) => `${name}: ${gpu ? 'GPU' : 'CPU'}`));
 */
export async function install(options: InstallOptions = {}): Promise<InstallReport> {
  const started = performance.now();
  const context: InstallContext = {
    env: options.env ?? process.env,
    signal: options.signal ?? new AbortController().signal,
    log: options.log ?? (() => {}),
    onDownload: options.onDownload ?? (() => {}),
  };
  const packages = requireTfjsPackages(path.resolve(options.from ?? '.'));
  const variant = options.cuda === true ? 'cuda12' : 'cpu';
  const cache = cacheFolder(context.env);
  const { architecture, wheels } = wheelsForHost(thisHost(), variant);
  const site = siteFolder(cache, variant, architecture);
  const plan: Plan = { variant, architecture, wheels, cache, site };
  const notes: string[] = [];
  try {
    const force = options.force === true;
    const found = packages.map((tfjs) => (force ? undefined : current(tfjs, plan)));
    const installed = found.every((tfjs) => tfjs !== undefined)
      ? found
      : await installLocked(packages, plan, force, notes, context);
    const seconds = (performance.now() - started) / 1000;
    return { tensorflow: TENSORFLOW_VERSION, variant, site, packages: installed, notes, seconds };
  } catch (error) {
    throw explainFileError(error, cache, packages);
  }
}

/** The package, if it runs on what the plan asks for. */
function current(tfjs: TfjsPackage, plan: Plan): InstalledPackage | undefined {
  const stamp = validStamp(tfjs);
  const asPlanned =
    stamp?.site === plan.site &&
    stamp.bindingKey === bindingKey(tfjs, plan.architecture) &&
    isComplete(plan.site, plan.wheels);
  return asPlanned ? { ...tfjs, changed: false, gpu: stamp.gpu } : undefined;
}

async function installLocked(
  packages: readonly TfjsPackage[],
  plan: Plan,
  force: boolean,
  notes: string[],
  context: InstallContext,
): Promise<InstalledPackage[]> {
  const { cache, site, wheels, architecture } = plan;
  mkdirSync(cache, { recursive: true });
  const onWait = ({ pid }: { pid: number }) =>
    context.log(`waiting for process ${pid}, which installs as well`);
  return withLock(path.join(cache, 'lock'), { signal: context.signal, onWait }, async () => {
    // Another process may have done the work while this one waited.
    const found = packages.map((tfjs) => (force ? undefined : current(tfjs, plan)));
    if (found.every((tfjs) => tfjs !== undefined)) return found;

    removeLeftovers(cache);
    const bindings = new Map(
      packages
        .map((tfjs) => [bindingKey(tfjs, architecture), tfjs] as const)
        .filter(([key]) => force || !existsSync(bindingFile(cache, key))),
    );
    // What is missing is said before minutes of downloading.
    const compiler = bindings.size > 0 ? await findCompiler(context) : undefined;
    if (force || !isComplete(site, wheels)) {
      await fillSite(await findPython(context), site, wheels, architecture, context);
    }
    for (const [key, tfjs] of bindings) {
      if (compiler) await compileBinding(compiler, tfjs, key, site, cache, context);
    }
    const installed: InstalledPackage[] = [];
    for (const [index, tfjs] of packages.entries()) {
      installed.push(found[index] ?? (await putUnder(tfjs, plan, notes, context)));
    }
    return installed;
  });
}

async function putUnder(
  tfjs: TfjsPackage,
  { variant, architecture, cache, site }: Plan,
  notes: string[],
  context: InstallContext,
): Promise<InstalledPackage> {
  const key = bindingKey(tfjs, architecture);
  const stamp = linkPackage(tfjs, bindingFile(cache, key), {
    tensorflow: TENSORFLOW_VERSION,
    variant,
    site,
    bindingKey: key,
  });
  context.log(`verifying ${tfjs.name} ${tfjs.version}`);
  const { gpu, complaint } = await verify(tfjs, context);
  writeStamp(tfjs, { ...stamp, verified: true, gpu });
  if (variant === 'cuda12' && !gpu) {
    const reason = complaint === '' ? '' : ` TensorFlow says: ${complaint}`;
    notes.push(`${tfjs.name} found no GPU and runs on the CPU.${reason}`);
  }
  return { ...tfjs, changed: true, gpu };
}
