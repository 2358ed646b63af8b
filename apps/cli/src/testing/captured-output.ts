// For tests of commands: what they print, line by line, instead of on the terminal.

import { afterEach, beforeEach, vi } from 'vitest';

export interface CapturedOutput {
  /** By `console.log`. */
  readonly printed: string[];
  /** By `console.error`, and straight to stderr. */
  readonly failed: string[];
}

/** Both lists are empty at the begin of each test of the file, or of the `describe` that this is called in. */
export function capturedOutput(): CapturedOutput {
  const output: CapturedOutput = { printed: [], failed: [] };
  const { printed, failed } = output;
  beforeEach(() => {
    printed.length = 0;
    failed.length = 0;
    vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
    vi.spyOn(console, 'error').mockImplementation((line: string) => void failed.push(line));
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => failed.push(String(text)) > 0);
  });
  afterEach(() => void vi.restoreAllMocks());
  return output;
}
