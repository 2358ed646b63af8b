// The page of browser.test.ts: the conformance suite on a backend of the browser.

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import { checkCase } from './check-case.js';

declare global {
  interface Window {
    checkCase: typeof checkCase;
  }
}

window.checkCase = checkCase;
