// Types of find-python.mjs, for the tests that use it.

export function environmentFolder(): string;
export function interpreterOf(folder: string): string;
export function findPython():
  { python: string; missing?: undefined } | { python?: undefined; missing: string };
