// Runs a bench by name: `npm run bench -- mlp-epoch`. Each measures its peer in the same run and writes a table to results/.

import { readdirSync } from 'node:fs';

const names = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
  .filter(
    (entry) => entry.isDirectory() && !['results', 'node_modules', 'lib'].includes(entry.name),
  )
  .map(({ name }) => name);
const [name, ...rest] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`bench must be one of ${names.join(', ')}. Received: ${name ?? 'nothing'}`);
  process.exit(2);
}
const { bench } = await import(`./${name}/bench.mjs`);
try {
  await bench(rest);
} catch (error) {
  console.error(`bench ${name}: ${error.message}`);
  process.exitCode = 1;
}
