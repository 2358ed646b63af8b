// Finds ONNX Runtime where Node has it installed.

import type { OnnxRuntime } from './onnx-runtime.js';

/** The package, and not as a literal: what bundles this for a page must not look for it. */
const PACKAGE = 'onnxruntime-node';

/** The runtime, or why there is none. It is loaded when it is first asked for. */
export async function loadRuntime(): Promise<OnnxRuntime | string> {
  if (typeof process === 'undefined') return 'a page must be given onnxruntime-web as runtime';
  try {
    const loaded = (await import(/* @vite-ignore */ PACKAGE)) as { default?: OnnxRuntime };
    // Loaders that take the package's word for being an ES module find its exports beside `default`.
    return loaded.default ?? (loaded as OnnxRuntime);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isMissing = code === 'ERR_MODULE_NOT_FOUND' && message.includes(PACKAGE);
    if (isMissing) return `${PACKAGE} is not installed`;
    return `${PACKAGE} cannot be loaded: ${message.split('\n', 1)[0]}`;
  }
}
