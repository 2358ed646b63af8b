// A failed npm or pnpm in a line or a few, from output that they really wrote.

import { expect, it } from 'vitest';
import { explainRegistry } from './registry.mjs';

it('says in one line that the registry is out of reach', () => {
  const output = ` WARN  GET a package error (EAI_AGAIN). Will retry in 1 second. 1 retries left.
 ERR_PNPM_META_FETCH_FAIL  GET a package: request failed, reason: getaddrinfo EAI_AGAIN
    at async file:///pnpm.cjs:1:1`;
  expect(explainRegistry('no dependencies', output)).toBe(
    'no dependencies: the npm registry cannot be reached (EAI_AGAIN)\n',
  );
});

it('keeps the error lines of anything else, or all of it where there are none', () => {
  const output = ` WARN  deprecated\n ERR_PNPM_OUTDATED_LOCKFILE  Cannot install\n    at async file\n`;
  expect(explainRegistry('no', output)).toBe('no:\n ERR_PNPM_OUTDATED_LOCKFILE  Cannot install\n');
  expect(explainRegistry('no', 'npm error code E404\nnpm error 404 Not Found\n')).toBe(
    'no:\nnpm error code E404\nnpm error 404 Not Found\n',
  );
  expect(explainRegistry('no', 'killed\n')).toBe('no:\nkilled\n');
});
