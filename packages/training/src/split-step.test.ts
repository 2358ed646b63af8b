import { describe, expect, it } from 'vitest';
import { isOutOfMemory } from './split-step.js';

describe('isOutOfMemory', () => {
  it.each([
    new Error('OOM when allocating tensor with shape[32,112,112,32] on GPU:0 by allocator'),
    new Error('Invalid TF_Status: 8 Message: RESOURCE_EXHAUSTED: failed to allocate memory'),
    new RangeError('Array buffer allocation failed'),
    new Error('Requested texture size [20000x20000] greater than WebGL maximum on this browser'),
    new Error('abort(Cannot enlarge memory arrays)'),
  ])('knows %s', (error) => expect(isOutOfMemory(error)).toBe(true));

  it.each([new Error('bloom'), 'out of memory', undefined])('leaves %s alone', (error) =>
    expect(isOutOfMemory(error)).toBe(false),
  );
});
