// Which package may import which: the table of the design. The linter enforces it.

/** @type {Readonly<Record<string, readonly string[]>>} */
export const rooms = {
  core: [],
  schedules: [],
  optimizers: ['core', 'schedules'],
  layers: ['core'],
  training: ['core'],
  'keras-format': ['core', 'layers', 'schedules'],
  'model-zoo': ['core', 'layers', 'keras-format'],
  transfer: ['core', 'inference', 'model-zoo', 'training'],
  'image-data': ['core'],
  inference: ['core'],
  'backend-node': ['core'],
  'test-utils': ['core'],
};

/**
 * Patterns for ESLint's `no-restricted-imports` in the sources of a room.
 *
 * @param {string} room
 * @param {{ tests?: boolean, deepTfjs?: boolean }} [where] tests may use test-utils; core's seam may look inside tfjs
 */
export function restrictedImports(room, { tests = false, deepTfjs = false } = {}) {
  const allowed = [...(rooms[room] ?? []), ...(tests ? ['test-utils'] : [])];
  const list = allowed.length > 0 ? allowed.join(', ') : 'no other package';
  const patterns = [
    {
      regex: `^@graftjs/(?!(?:${['-', ...allowed].join('|')})(?:/|$))`,
      message: `${room} may import ${list}; see tooling/rooms.mjs.`,
    },
    {
      regex: '^\\.\\.?/.*\\b(?:src|dist|packages|apps)/',
      message: 'Import another package by its name, not by a path.',
    },
  ];
  if (!deepTfjs) {
    patterns.push({
      regex: '^@tensorflow/[^/]+/',
      message: 'Only packages/core/src/tfjs may look inside tfjs.',
    });
  }
  return patterns;
}
