// Which package may import which: the table of the design. The linter enforces it.
export const rooms = {
  core: [],
  schedules: [],
  optimizers: ['core'],
  training: ['core'],
  'keras-format': ['core'],
  transfer: ['core', 'training'],
  'image-data': ['core'],
  'backend-node': ['core'],
  'test-utils': ['core'],
};
