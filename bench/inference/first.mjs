// Graft's side: first.mjs FILE, from loadModel to the predictor's first prediction.

import '@tensorflow/tfjs-backend-cpu';
import { compileForInference } from '@graftjs/inference';
import { loadModel } from '@graftjs/keras-format/node';
import { image, report } from '../first-prediction/report.mjs';

const started = Date.now();
const model = await loadModel(process.argv[2]);
const predictor = await compileForInference(model, { engine: 'onnxruntime' });
report(started, await predictor.predict(image), {});
