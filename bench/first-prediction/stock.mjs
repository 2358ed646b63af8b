// Stock tfjs-node on the same TensorFlow: stock.mjs MODEL_JSON, from loadLayersModel to the first prediction.

import * as tf from '@tensorflow/tfjs-node-gpu';
import { image, report } from './report.mjs';

const started = Date.now();
const model = await tf.loadLayersModel(`file://${process.argv[2]}`);
report(started, model.predict(image), { tfjs: tf.version.tfjs });
