// JSON as Python writes it into model files.

import { GraftError } from '@graftjs/core';

/** @param what the text, and the file that it stands in, for errors */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // Python writes NaN and Infinity, which JSON has not.
    const reason = error instanceof Error ? error.message : String(error);
    throw new GraftError(`${what} is not valid JSON: ${reason}`, { cause: error });
  }
}
