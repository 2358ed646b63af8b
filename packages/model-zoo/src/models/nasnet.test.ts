import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import { nasNetLarge, nasNetMobile } from './nasnet.js';

it.each([nasNetMobile, nasNetLarge])('%o needs to know the size of its images', async (make) => {
  const options = { weights: null, includeTop: false, inputShape: [null, null, 3] } as const;
  await expect(make(options)).rejects.toThrow(
    'inputShape must be of known height and width. Received: [null,null,3]',
  );
});
