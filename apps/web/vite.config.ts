// How the page is built: from the sources of all packages, with every file that it needs.

import { defaultClientConditions, defineConfig } from 'vite';

// Only such pages may share memory between threads, which WebAssembly needs to use more than one core.
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  // Wherever a server puts it.
  base: './',
  resolve: {
    conditions: [
      '@graftjs/source',
      // Its WebAssembly as files of this build, not as addresses beside its script.
      'onnxruntime-web-use-extern-wasm',
      ...defaultClientConditions,
    ],
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    reportCompressedSize: false,
    // tfjs alone is larger than what Vite warns of.
    chunkSizeWarningLimit: 4000,
  },
  server: { headers },
  preview: { headers },
});
