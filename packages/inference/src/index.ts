// Models compiled for prediction.

export type { Activation, PlainActivation } from './graph/activation.js';
export type { Constant, GraphInput, InferenceGraph } from './graph/graph.js';
export type { GraphNode } from './graph/node.js';
export type { Shape } from './graph/shape.js';
