// Gives Node 23 and newer back the two helpers of node:util that tfjs-node still calls.

/**
 * Defines `util.isNullOrUndefined` and `util.isArray` where Node no longer has them.
 *
 * Call it before the first import of tfjs-node; several calls do no harm. Its text must stand alone, without imports: the
 * installer runs it inside a child process.
 *
 * @example
 * restoreRemovedNodeUtils();
 * const tf = await import('@tensorflow/tfjs-node');
 */
export function restoreRemovedNodeUtils(): void {
  const util: { isNullOrUndefined?: unknown; isArray?: unknown } =
    process.getBuiltinModule('node:util');
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}
