// ONNX Runtime on the graph that tf2onnx makes of Keras's model: onnx.mjs FILE BATCH_SIZE.

import { loadOnnxRuntime } from '../lib/onnx.mjs';
import { BATCHES, measure } from './measure.mjs';

const { ort, version } = loadOnnxRuntime();
const [file, size] = process.argv.slice(2);
const batchSize = Number(size);
const session = await ort.InferenceSession.create(file);
const [input] = session.inputNames;
const dims = [batchSize, 224, 224, 3];
const length = dims.reduce((a, b) => a * b);
const batches = Array.from({ length: BATCHES }, () =>
  Float32Array.from({ length }, () => Math.random()),
);
await measure(
  async () => {
    for (const batch of batches) {
      await session.run({ [input]: new ort.Tensor('float32', batch, dims) });
    }
  },
  { onnxruntime: version },
);
