// What ONNX Runtime does, one after the other: of two runs at once in a page, on WebGPU, neither ends.

import type { OnnxRuntime } from './onnx-runtime.js';

/** By runtime, what it was last asked for and has not done yet. */
const last = new WeakMap<OnnxRuntime, Promise<unknown>>();

/** Calls `work` when the runtime has done everything that it was asked for before. */
export function runAlone<Result>(
  runtime: OnnxRuntime,
  work: () => Promise<Result>,
): Promise<Result> {
  const before = last.get(runtime);
  const turn = before ? before.then(work, work) : work();
  last.set(runtime, turn);
  const finish = () => {
    if (last.get(runtime) === turn) last.delete(runtime);
  };
  turn.then(finish, finish);
  return turn;
}
