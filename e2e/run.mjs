// Packs every package, installs the tarballs with npm into a project outside the workspace, and runs it: as ES modules,
// as CommonJS, and as TypeScript in two module resolutions. `npm run check` calls it.

import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Stop, run } from '../scripts/command.mjs';
import { cleanEnvironment, root } from '../scripts/environment.mjs';
import { setUp } from '../scripts/setup.mjs';
import { step } from '../scripts/step.mjs';

const tfjs = ['tfjs-core', 'tfjs-layers', 'tfjs-backend-cpu'].map((name) => `@tensorflow/${name}`);
const project = mkdtempSync(path.join(tmpdir(), 'graft-e2e-'));

try {
  await main();
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  if (error.message) console.error(error.message);
  process.exitCode = error.exitCode;
} finally {
  rmSync(project, { recursive: true, force: true });
}

async function main() {
  const tool = await setUp({ build: ['./packages/*', '@graftjs/cli...'], native: ['apps/cli'] });
  const packages = readdirSync(path.join(root, 'packages'))
    .map((folder) => path.join(root, 'packages', folder))
    .filter((folder) => !readManifest(folder).private);

  await step(`Packing ${packages.length} packages`, () => packAll(tool, packages));
  await step('Installing them with npm', () => install(packages));
  const node = (...args) =>
    run(process.execPath, args, { cwd: project, env: process.env, output: 'on-failure' });
  await step('Imported', () => node('use-esm.mjs'));
  await step('Required', () => node('use-cjs.cjs'));
  for (const resolution of ['bundler', 'node16']) {
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    await step(`Types, ${resolution}`, () => node(tsc, '-p', `tsconfig.${resolution}.json`));
  }
  await step('Compiled', () => node('dist/use-typescript.js'));
  await step('The built CLI', () =>
    run(process.execPath, [path.join(root, 'e2e/cli-one-copy.mjs')], {
      cwd: root,
      env: process.env,
      output: 'on-failure',
    }),
  );
  for (const file of writeExamples())
    await step(`The example in ${file}`, () => node(`${file}.mjs`));
}

async function packAll(tool, packages) {
  for (const folder of packages) {
    await tool('pnpm', ['pack', '--pack-destination', project], {
      cwd: folder,
      output: 'on-failure',
    });
  }
}

async function install(packages) {
  const dependencies = {};
  for (const folder of packages) {
    const { name, version } = readManifest(folder);
    dependencies[name] = `file:${name.slice(1).replace('/', '-')}-${version}.tgz`;
  }
  // Graft's packages depend on each other by version: those must be the tarballs too.
  const overrides = Object.fromEntries(Object.keys(dependencies).map((name) => [name, `$${name}`]));
  for (const name of tfjs) dependencies[name] = versionOf(name);
  cpSync(path.join(root, 'e2e/project'), project, { recursive: true });
  const manifest = { name: 'stranger', private: true, type: 'module', dependencies, overrides };
  writeFileSync(path.join(project, 'package.json'), JSON.stringify(manifest, null, 2));
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], {
    cwd: project,
    env: cleanEnvironment(process.env),
    output: 'on-failure',
  });
}

/** The JavaScript of the READMEs, as modules in the project. */
function writeExamples() {
  // backend-node's examples need the native half, which a stranger installs first.
  const rooms = readdirSync(path.join(root, 'packages')).filter((name) => name !== 'backend-node');
  return ['.', ...rooms.map((name) => `packages/${name}`)]
    .map((folder) => path.join(folder, 'README.md'))
    .filter((file) => existsSync(path.join(root, file)))
    .flatMap((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      return [...text.matchAll(/^```js\n(.*?)^```/gms)].map(([, code], i) => {
        const name = `${file.replaceAll('/', '-')}-${i + 1}`;
        writeFileSync(path.join(project, `${name}.mjs`), code);
        return name;
      });
    });
}

/** The version that the workspace tests with. */
function versionOf(name) {
  const catalog = readFileSync(path.join(root, 'pnpm-workspace.yaml'), 'utf8');
  return catalog.match(new RegExp(`'${name}': (\\S+)`))[1];
}

function readManifest(folder) {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
}
