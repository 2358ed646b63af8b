// The table of rooms is complete, agrees with the manifests, and the linter enforces it.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { rooms } from './rooms.mjs';

const root = path.resolve(import.meta.dirname, '..');
const packages = readdirSync(path.join(root, 'packages')).filter((name) =>
  existsSync(path.join(root, 'packages', name, 'package.json')),
);

describe('the table', () => {
  it('has an entry for every package', () => {
    expect(Object.keys(rooms)).toEqual(expect.arrayContaining(packages));
  });

  it.each(packages)('allows what the package.json of %s depends on', (name) => {
    const file = path.join(root, 'packages', name, 'package.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { dependencies?: object };
    const own = Object.keys(manifest.dependencies ?? {})
      .filter((dependency) => dependency.startsWith('@graftjs/'))
      .map((dependency) => dependency.slice('@graftjs/'.length));
    expect(rooms[name]).toEqual(expect.arrayContaining(own));
  });
});

describe('the lint rule', () => {
  const cases: [allowed: boolean, file: string, statement: string][] = [
    [true, 'optimizers', `import { GraftError } from '@graftjs/core';`],
    [true, 'transfer', `import { fit } from '@graftjs/training';`],
    [true, 'optimizers', `import * as tf from '@tensorflow/tfjs-core';`],
    [true, 'optimizers', `import { other } from './other.js';`],
    [
      true,
      'core/src/tfjs/imaginary.ts',
      `import type { Layer } from '@tensorflow/tfjs-layers/dist/topology';`,
    ],
    [true, 'optimizers/src/imaginary.test.ts', `import { expect } from '@graftjs/test-utils';`],
    [false, 'optimizers', `import { expect } from '@graftjs/test-utils';`],
    [false, 'training', `import { cosine } from '@graftjs/schedules';`],
    [false, 'optimizers', `import { other } from '@graftjs/core-extras';`],
    [false, 'schedules', `export { GraftError } from '@graftjs/core';`],
    [false, 'training', `const data = await import('@graftjs/image-data/node');`],
    [false, 'training', `export type Data = import('@graftjs/image-data').Data;`],
    [false, 'training', `import { adam } from '../../optimizers/src/adam.js';`],
    [false, 'optimizers', `import { env } from '@tensorflow/tfjs-core/dist/environment';`],
    [false, 'transfer', `export const ours = (error: unknown) => error instanceof GraftError;`],
  ];
  const linter = new ESLint({
    cwd: root,
    // Without types: the files that are linted here do not exist.
    overrideConfig: tseslint.configs.disableTypeChecked,
  });

  it.each(cases)('%s: in %s, %s', async (allowed, place, statement) => {
    const file = place.includes('/') ? place : `${place}/src/imaginary.ts`;
    const filePath = path.join(root, 'packages', file);
    const [result] = await linter.lintText(statement, { filePath });
    const fired = result?.messages.map((message) => message.ruleId) ?? [];
    const restrictions = fired.filter((rule) => rule?.startsWith('no-restricted-'));
    expect(restrictions).toHaveLength(allowed ? 0 : 1);
    expect(result?.fatalErrorCount).toBe(0);
  });
});
