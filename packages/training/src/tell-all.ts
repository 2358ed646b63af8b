// Tells all callbacks of something, one after the other, each to its end.

import type { Callback } from '@graftjs/core';

export async function tellAll(
  callbacks: readonly Callback[],
  tell: (callback: Callback) => void | Promise<void>,
): Promise<void> {
  for (const callback of callbacks) {
    const told = tell(callback);
    // Most hear nothing of a batch: no turn of the event loop for them.
    if (told) await told;
  }
}
