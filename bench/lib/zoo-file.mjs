// Saves a model of Graft's zoo with random weights as Keras reads it: zoo-file.mjs NAME FOLDER.

import '@tensorflow/tfjs-backend-cpu';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { saveModel } from '@graftjs/keras-format/node';
import { efficientNetLite0 } from '@graftjs/model-zoo';

const makers = { EfficientNetLite0: efficientNetLite0 };
const [name, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const file = join(folder, `${name}.zoo.keras`);
await saveModel(await makers[name]({ weights: null }), file);
console.log(JSON.stringify(file));
