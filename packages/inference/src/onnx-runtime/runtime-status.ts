// Which ONNX Runtime Node has installed, and what that computes on.

import { loadRuntime } from './load-runtime.js';
import type { OnnxRuntime } from './onnx-runtime.js';

export interface RuntimeStatus {
  readonly version: string;
  /** Names for `executionProviders`, of those that the package itself carries. */
  readonly executionProviders: readonly string[];
}

/** What is only in the package for Node. */
interface NodeRuntime extends OnnxRuntime {
  readonly env: OnnxRuntime['env'] & { readonly versions: { readonly node: string } };
  listSupportedBackends(): readonly { readonly name: string; readonly bundled: boolean }[];
}

/**
 * The ONNX Runtime that predictors use in Node, or why there is none. It is loaded for this.
 *
 * @example
 * const status = await runtimeStatus();
 * console.log('missing' in status ? status.missing : status.version); // 1.30.0
 */
export async function runtimeStatus(): Promise<RuntimeStatus | { readonly missing: string }> {
  const runtime = await loadRuntime();
  if (typeof runtime === 'string') return { missing: runtime };
  const { env, listSupportedBackends } = runtime as NodeRuntime;
  const carried = listSupportedBackends().filter(({ bundled }) => bundled);
  return { version: env.versions.node, executionProviders: carried.map(({ name }) => name) };
}
