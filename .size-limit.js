// What a page pays for each package, in kB of minified gzip; what a package imports from others is counted there.

const budgets = {
  core: 5,
  schedules: 4,
  optimizers: 13,
  layers: 28,
  training: 14,
  transfer: 6,
  'image-data': 20,
  inference: 40,
  'keras-format': 32,
  'model-zoo': 46,
};

export default [
  ...Object.entries(budgets).map(([name, kilobytes]) => ({
    name,
    path: `packages/${name}/dist/index.js`,
    gzip: true,
    limit: `${kilobytes} kB`,
    ignore: ['@tensorflow/*', '@graftjs/*', 'h5wasm', 'fflate', 'protobufjs', 'ml-matrix'],
  })),
  {
    name: 'one optimizer, with all that it imports',
    path: 'packages/optimizers/dist/index.js',
    import: '{ Adam }',
    gzip: true,
    limit: '7 kB',
    ignore: ['@tensorflow/*'],
  },
];
