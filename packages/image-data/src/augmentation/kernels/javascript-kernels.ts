// The kernels in JavaScript.

import { warpImage } from '../warp-image.js';
import type { Kernels } from './kernels.js';
import type { ValueStep } from './value-step.js';

export const javascriptKernels: Kernels = {
  warp: warpImage,
  extremes(data) {
    let [least, greatest] = [Infinity, -Infinity];
    for (let i = 0; i < data.length; i++) {
      const value = data[i] as number;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    return [least, greatest];
  },
  change: (data, steps) => steps.forEach((step) => changeAll(data, step)),
};

/** A loop for each operation, since a function called for each value is slow. */
function changeAll(data: Float32Array, [operation, ...numbers]: ValueStep): void {
  const [first = 0, second = 0] = numbers.map(Math.fround);
  switch (operation) {
    case 'add':
      for (let i = 0; i < data.length; i++) (data[i] as number) += first;
      return;
    case 'multiply':
      for (let i = 0; i < data.length; i++) (data[i] as number) *= first;
      return;
    case 'divide':
      for (let i = 0; i < data.length; i++) (data[i] as number) /= first;
      return;
    case 'truncate':
      for (let i = 0; i < data.length; i++) data[i] = Math.trunc(data[i] as number);
      return;
    case 'clamp':
      for (let i = 0; i < data.length; i++) {
        const value = data[i] as number;
        const raised = value > first ? value : first;
        data[i] = raised < second ? raised : second;
      }
  }
}
