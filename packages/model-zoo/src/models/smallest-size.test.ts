import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import { type ModelName, modelNames, zooModel } from './registry.js';

/** As in Keras's sources, where it is not 32; AlexNet's is what its last layer needs to see one place. */
const sizes: Partial<Record<ModelName, number>> = {
  ...{ alexNet: 67, inceptionResNetV2: 75, inceptionV3: 75, xception: 71 },
};

it.each(modelNames)('%s refuses images that are too small', async (name) => {
  const least = sizes[name] ?? 32;
  const options = { weights: null, includeTop: false } as const;
  await expect(zooModel(name, { ...options, inputShape: [least, least - 1, 3] })).rejects.toThrow(
    `inputShape must be of at least ${least} by ${least} pixels`,
  );
});
