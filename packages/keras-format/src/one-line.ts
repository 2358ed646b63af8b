// Errors about files from outside in one line of bearable length, whatever names the file has.

import { GraftError, isGraftError } from '@graftjs/core';

const longest = 500;

/** What `action` gives; a GraftError that it throws is cut to one line. */
export async function inOneLine<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!isGraftError(error)) throw error;
    const line = error.message.replace(/\s+/g, ' ');
    const message = line.length > longest ? `${line.slice(0, longest)}…` : line;
    throw message === error.message ? error : new GraftError(message, { cause: error });
  }
}
