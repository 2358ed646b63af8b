// How every package is built: the entries are those that its package.json exports from source.
import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

interface Manifest {
  exports?: Record<string, string | { '@graftjs/source'?: string; require?: unknown }>;
  bin?: Record<string, string>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const exported = Object.values(manifest.exports ?? {}).filter((entry) => typeof entry === 'object');
const entries = exported.flatMap((entry) => entry['@graftjs/source'] ?? []);
const programs = Object.values(manifest.bin ?? {}).map((file) =>
  file.replace(/^\.?\/?dist\/(.*)\.js$/, 'src/$1.ts'),
);
const needsCommonJs = exported.some((entry) => entry.require !== undefined);

export default defineConfig({
  entry: [...entries, ...programs],
  format: needsCommonJs ? ['esm', 'cjs'] : ['esm'],
  dts: entries.length > 0 ? { entry: entries } : false,
  tsconfig: '../../tsconfig.build.json',
  target: 'node20',
  platform: 'neutral',
  sourcemap: true,
  clean: true,
  treeshake: true,
  // Two copies of tfjs half-work: every dependency stays an import.
  skipNodeModulesBundle: true,
  external: [/^@tensorflow\//, /^@graftjs\//],
});
