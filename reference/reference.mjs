// npm run reference [-- [--check] [--quick] [name…]]: makes the fixtures anew with the pinned Python, or compares them.

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentFolder, findPython, interpreterOf } from './find-python.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const fixtures = join(here, 'fixtures');
const pythonNames = ['python3.11', 'python3.12', 'python3.13', 'python3', 'python'];
const isPythonRight =
  'import sys, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))';

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`reference: ${error.message}`);
  process.exitCode = 1;
}

function main(args) {
  const names = args.filter((argument) => !argument.startsWith('-'));
  const options = args.filter((argument) => argument.startsWith('-'));
  const unknown = options.filter((option) => !['--check', '--quick'].includes(option));
  if (unknown.length > 0) {
    throw new Error(`the options are --check and --quick. Received: ${unknown}`);
  }
  const quick = options.includes('--quick') ? ['--quick'] : [];

  const python = findPython().python ?? makeEnvironment();
  const folder = mkdtempSync(join(tmpdir(), 'graft-reference-'));
  const made = join(folder, 'fixtures');
  try {
    const make = [join(here, 'make.py'), '--out', made, ...quick, ...names];
    run(python, make, 'the fixtures were not made');
    if (options.includes('--check')) {
      run(python, [join(here, 'compare.py'), fixtures, made], 'the fixtures differ');
    } else {
      replaceFixtures(made, names.length > 0 || quick.length > 0);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A virtual environment with the pinned packages; marked when it is complete. */
function makeEnvironment() {
  if (process.env.GRAFT_REFERENCE_PYTHON) throw new Error(findPython().missing);
  const base = pythonNames.find((name) => spawnSync(name, ['-c', isPythonRight]).status === 0);
  if (!base) {
    throw new Error(
      'Python 3.11, 3.12 or 3.13 with its venv module is needed; none is on the PATH.',
    );
  }
  const folder = environmentFolder();
  const python = interpreterOf(folder);
  console.log(`Making the reference environment in ${folder} (1.6 GB of packages)`);
  rmSync(folder, { recursive: true, force: true });
  run(base, ['-m', 'venv', folder], 'the environment could not be made');
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r'];
  const requirements = join(here, 'requirements.txt');
  run(python, [...install, requirements], 'the packages could not be installed');
  writeFileSync(join(folder, 'complete'), '');
  return python;
}

/** Puts what was made in the place of what was there; where only some were asked for, the others stay. */
function replaceFixtures(made, keepOthers) {
  const fresh = manifestOf(made);
  const old = keepOthers ? manifestOf(fixtures) : {};
  const next = `${fixtures}.next`;
  rmSync(next, { recursive: true, force: true });
  for (const [name, { files }] of Object.entries(old)) {
    if (name in fresh) continue;
    for (const file of files) cpSync(join(fixtures, file), join(next, file));
  }
  cpSync(made, next, { recursive: true });
  const manifest = Object.fromEntries(Object.entries({ ...old, ...fresh }).sort());
  writeFileSync(join(next, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  rmSync(fixtures, { recursive: true, force: true });
  renameSync(next, fixtures);
  console.log(`Wrote ${Object.keys(fresh).join(', ')} to ${fixtures}`);
}

function manifestOf(folder) {
  const file = join(folder, 'manifest.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function run(command, args, complaint) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) throw new Error(`${complaint}: ${error.message}`);
  if (status !== 0) throw new Error(complaint);
}
