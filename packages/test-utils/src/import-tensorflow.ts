// TensorFlow in Node, for tests that need it: its native half is installed apart and may be absent.

/**
 * Imports tfjs-node-gpu (which runs on a machine without a GPU as well).
 *
 * @returns false, with a warning, where its native half is not installed
 * @example
 * describe.runIf(await importTensorFlow())('on TensorFlow', () => { … });
 */
export async function importTensorFlow(): Promise<boolean> {
  try {
    await import('@tensorflow/tfjs-node-gpu');
    return true;
  } catch (error) {
    // Any other failure is a defect that must not pass as skipped.
    if (!/native addon module|tfjs_binding/.test(String(error))) throw error;
    console.warn(
      'Skipped: TensorFlow for Node is not installed (run `npm test` at the root once).',
    );
    return false;
  }
}
