// The layers. Importing registers nothing: `registerLayers()` does.

export { registerLayers } from './register.js';
