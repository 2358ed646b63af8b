// What the linter holds: promises are awaited, types are honest, and a package imports only what the table of rooms allows.

import tseslint from 'typescript-eslint';
import { restrictedImports, rooms } from './tooling/rooms.mjs';

const instanceofGraftError = {
  selector: 'BinaryExpression[operator="instanceof"][right.name="GraftError"]',
  message: 'Two copies of @graftjs/core may be loaded: use isGraftError(error).',
};

export default tseslint.config(
  { ignores: ['**/dist', '**/coverage', '**/node_modules', '**/.turbo', 'e2e/project'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        // `typeof import(…)` is the type of a module that is loaded late.
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // An async function that awaits nothing keeps the promise of its interface.
      '@typescript-eslint/require-await': 'off',
      // Error messages print whatever was received, shapes among it.
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      // Methods of objects that are only asked whether they exist.
      '@typescript-eslint/unbound-method': 'off',
      // Disagrees with tsc about tfjs's own types.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
    },
  },
  {
    files: ['**/*.{ts,tsx,js,mjs,cjs}'],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', instanceofGraftError],
    },
  },
  ...Object.keys(rooms).flatMap((room) => [
    restrict(`packages/${room}/src/**/*.ts`, restrictedImports(room)),
    restrict(`packages/${room}/src/**/*.test.ts`, restrictedImports(room, { tests: true })),
  ]),
  restrict('packages/core/src/tfjs/**/*.ts', restrictedImports('core', { deepTfjs: true })),
);

/** The same patterns for `import … from`, `export … from` and `import(…)`, as a value and as a type. */
function restrict(files, patterns) {
  const dynamic = patterns.map(({ regex, message }) => ({
    selector: `:matches(ImportExpression, TSImportType)[source.value=/${regex.replaceAll('/', '\\/')}/]`,
    message,
  }));
  return {
    files: [files],
    rules: {
      'no-restricted-imports': ['error', { patterns }],
      'no-restricted-syntax': ['error', instanceofGraftError, ...dynamic],
    },
  };
}
