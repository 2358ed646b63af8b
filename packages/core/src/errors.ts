// The errors that Graft raises on purpose: they carry one clear line for the user. What else is thrown is a defect.

const marker = Symbol.for('@graftjs/error');

/**
 * An error whose message is meant for the user: it names the argument, the rule and the value received.
 *
 * It is recognised by a registered symbol and not by `instanceof`, so that two copies of this package agree.
 *
 * @example
 * try {
 *   rateAt(-1, 0);
 * } catch (error) {
 *   if (isGraftError(error)) console.error(error.message);
 * }
 */
export class GraftError extends Error {
  override readonly name: string = 'GraftError';
  readonly [marker] = true;
}

/** True for every error made by {@link GraftError}, whichever copy of the package made it. */
export function isGraftError(error: unknown): error is GraftError {
  return typeof error === 'object' && error !== null && marker in error;
}

/**
 * The error for an argument that breaks a rule: `epochs must be a positive integer. Received: -3`.
 *
 * @param argument name of the argument as the caller wrote it
 * @param rule what it must be, as the end of a sentence
 * @param received the value
 */
export function invalidArgument(argument: string, rule: string, received: unknown): GraftError {
  return new GraftError(`${argument} must be ${rule}. Received: ${describe(received)}`);
}

function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (typeof value === 'object' && value !== null) {
    const text = safeJson(value);
    return text.length > 200 ? `${text.slice(0, 200)}…` : text;
  }
  return String(value);
}

function safeJson(value: object): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
