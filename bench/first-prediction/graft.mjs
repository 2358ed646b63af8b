// Graft's side: graft.mjs FILE, from loadModel to the first prediction.

import '@tensorflow/tfjs-node-gpu';
import { registerNodeBackend } from '@graftjs/backend-node';
import { loadModel } from '@graftjs/keras-format/node';
import { predict } from '@graftjs/training';
import { image, report } from './report.mjs';

registerNodeBackend();
const started = Date.now();
const model = await loadModel(process.argv[2]);
report(started, await predict(model, image), {});
