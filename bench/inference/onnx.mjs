// ONNX Runtime on a file: onnx.mjs FILE, images with their channels first.

import { loadOnnxRuntime } from '../lib/onnx.mjs';
import { serve } from './serve.mjs';

const { ort, version } = loadOnnxRuntime();
// As Graft's sessions: threads that spin would slow the next side down.
const session = await ort.InferenceSession.create(process.argv[2], {
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});
const [input] = session.inputNames;
const [output] = session.outputNames;
await serve({ onnxruntime: version }, (batchSize) => {
  const dims = [batchSize, 3, 224, 224];
  const images = new Float32Array(dims.reduce((a, b) => a * b)).fill(0.5);
  return async () => {
    const results = await session.run({ [input]: new ort.Tensor('float32', images, dims) });
    return results[output].data;
  };
});
