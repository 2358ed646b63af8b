import { expect, it } from 'vitest';
import { nodeBackend } from './node-backend.js';
import { registerNodeBackend } from './register.js';

it('asks for tfjs-node where it was not imported', () => {
  const message =
    'backend tensorflow must be registered: import @tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu first';
  expect(() => nodeBackend()).toThrow(message);
  expect(() => registerNodeBackend()).toThrow(message);
});
