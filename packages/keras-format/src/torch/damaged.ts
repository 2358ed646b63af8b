// The error for a torch checkpoint that cannot be read.

import { GraftError } from '@graftjs/core';

export function damaged(reason: string): GraftError {
  return new GraftError(`the torch checkpoint cannot be read: ${reason}`);
}

/** Text of the file in a message: one short line, whatever it says. */
export function printable(text: string): string {
  return text.slice(0, 200).replace(/[^ -~]/g, '?');
}
