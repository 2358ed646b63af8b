// What makes tfjs-node fast. The native half is installed by `npx @graftjs/backend-node install`, or ./install.

export { registerNodeBackend, kernels } from './register.js';
export { nodeBackend, BACKEND_NAME, type NodeBackend } from './node-backend.js';
export { restoreRemovedNodeUtils } from './node-compat.js';
