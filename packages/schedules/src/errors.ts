// The errors of this package, which imports nothing: they read as those of @graftjs/core and carry the same mark.

const marker = Symbol.for('@graftjs/error');

/**
 * The error for an argument that breaks a rule: `steps must be a positive integer. Received: -3`.
 * `isGraftError` of @graftjs/core knows it.
 */
export function invalidArgument(argument: string, rule: string, received: unknown): RangeError {
  const message = `${argument} must be ${rule}. Received: ${describe(received)}`;
  return Object.assign(new RangeError(message), { [marker]: true });
}

function describe(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'string' || typeof value === 'object') {
    return JSON.stringify(value).slice(0, 200);
  }
  return String(value);
}

/** @throws RangeError unless the value is a finite number ≥ 0 */
export function requireNonNegative(argument: string, value: number): void {
  if (!(Number.isFinite(value) && value >= 0)) {
    throw invalidArgument(argument, 'a finite number ≥ 0', value);
  }
}

/** @throws RangeError unless the value is a finite number > 0 */
export function requirePositive(argument: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) {
    throw invalidArgument(argument, 'a finite number > 0', value);
  }
}

/** @throws RangeError unless the value is a number from 0 to 1, both included */
export function requireFraction(argument: string, value: number): void {
  if (!(typeof value === 'number' && value >= 0 && value <= 1)) {
    throw invalidArgument(argument, 'a number from 0 to 1', value);
  }
}

/** @throws RangeError unless the value is an integer ≥ 1 */
export function requirePositiveInteger(argument: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 1)) {
    throw invalidArgument(argument, 'a positive integer', value);
  }
}
