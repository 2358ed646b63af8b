// The layers. Importing registers nothing: `registerLayers()` does.

export {};
