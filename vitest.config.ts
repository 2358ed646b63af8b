import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['@graftjs/source'] },
  ssr: { resolve: { conditions: ['@graftjs/source'] } },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.ts',
      'integration/src/**/*.test.ts',
      'scripts/*.test.ts',
      'tooling/**/*.test.ts',
    ],
    // Worker threads crash when a process that loaded libtensorflow ends.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'],
      exclude: ['**/*.test.ts'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
});
