// Prediction: Graft's predictor beside Keras, ONNX Runtime on PyTorch's graph, and stock tfjs; in Node, in a page, and from
// a file to the first prediction.

import { browserTable } from './browser-table.mjs';
import { firstTable } from './first-table.mjs';
import { nodeTable } from './node-table.mjs';

const tables = { node: nodeTable, browser: browserTable, first: firstTable };

export async function bench(asked) {
  const unknown = asked.find((name) => !(name in tables));
  if (unknown)
    throw new Error(`a table is one of ${Object.keys(tables).join(', ')}. Received: ${unknown}`);
  for (const [name, make] of Object.entries(tables)) {
    if (asked.length === 0 || asked.includes(name)) await make();
  }
}
