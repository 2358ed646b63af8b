// What can be missing or go wrong while TensorFlow is put under tfjs-node, each with what to do about it.

/** One code for each cause, for programs; people read `message` and `remedy`. */
export type InstallErrorCode =
  | 'unsupported-platform'
  | 'tfjs-node-missing'
  | 'no-python'
  | 'no-pip'
  | 'no-compiler'
  | 'no-network'
  | 'wrong-hash'
  | 'download-failed'
  | 'unpack-failed'
  | 'compile-failed'
  | 'binding-does-not-load'
  | 'disk-full'
  | 'cache-not-writable'
  | 'package-not-writable'
  | 'locked'
  | 'interrupted';

// The mark that `isGraftError` of @graftjs/core looks for. Core itself is not imported: it loads TensorFlow.js, and the
// installer must run where that is not yet complete.
const graftError = Symbol.for('@graftjs/error');

/**
 * A step of the installation failed for a reason that the user can act on.
 *
 * `message` is one line, `remedy` says what to do, `details` holds the last output of the program that failed, or ''.
 *
 * @example
 * try {
 *   await install();
 * } catch (error) {
 *   if (error instanceof InstallError && error.code === 'no-compiler') console.error(error.remedy);
 * }
 */
export class InstallError extends Error {
  override readonly name = 'InstallError';
  readonly [graftError] = true;

  constructor(
    readonly code: InstallErrorCode,
    message: string,
    readonly remedy: string,
    readonly details = '',
  ) {
    super(message);
  }
}

/** The last lines of a program's output: where it says why it failed. */
export function lastLines(output: string, count = 15): string {
  return output.trim().split('\n').slice(-count).join('\n');
}
