// Looks at what npm has installed: the entries of Graft's packages, and the copies of tfjs.

const assert = require('node:assert/strict');
const { existsSync, readFileSync, readdirSync } = require('node:fs');
const path = require('node:path');

const modules = path.join(__dirname, 'node_modules');

/** Every name that Graft's packages can be imported by. */
exports.entries = function entries() {
  const scope = path.join(modules, '@graftjs');
  return readdirSync(scope).flatMap((folder) => {
    const manifest = JSON.parse(readFileSync(path.join(scope, folder, 'package.json'), 'utf8'));
    return Object.keys(manifest.exports).map((entry) => path.posix.join(manifest.name, entry));
  });
};

/** Two copies of tfjs half-work, which is worse than failing. */
exports.assertOneCopy = function assertOneCopy() {
  for (const name of ['tfjs-core', 'tfjs-layers']) {
    const copies = packageFolders(modules).filter((folder) => folder.endsWith(`/${name}`));
    assert.equal(copies.length, 1, `${copies.length} copies of ${name}: ${copies.join(', ')}`);
  }
};

function packageFolders(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const child = path.join(folder, name);
    if (name.startsWith('@')) return packageFolders(child);
    return [child, ...packageFolders(path.join(child, 'node_modules'))];
  });
}
