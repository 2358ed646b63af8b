// Not a speed: what ONNX files with weights of 16 and 8 bits cost in accuracy, on photos.

import { runNode } from '../lib/measure.mjs';
import { publish } from '../lib/results.mjs';

export async function bench([folder = process.env.GRAFT_PHOTOS]) {
  if (!folder) {
    throw new Error(
      'needs photos: npm run bench -- onnx-weights FOLDER, which has a folder for each class',
    );
  }
  const { rows, photos, versions } = runNode('./graft.mjs', [folder], import.meta.url);
  publish('onnx-weights', {
    title: 'ONNX files with smaller weights',
    how:
      `EfficientNet-Lite0 with the weights of ImageNet, ${photos} photos, ONNX Runtime. "same answer": the share of the ` +
      'photos for which the likeliest of the 1,000 classes is that of the file with float32; "difference": the largest of any probability.',
    versions,
    header: ['weights', 'MB', 'same answer', 'difference'],
    rows: rows.map(({ weights, megabytes, share, difference }) => [
      ...[weights, megabytes.toFixed(1), `${(100 * share).toFixed(1)} %`],
      weights === 'float32' ? '0' : difference.toExponential(1),
    ]),
  });
}
