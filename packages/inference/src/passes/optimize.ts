// All rewritings of a graph, in the order in which they help each other.

import type { InferenceGraph } from '../graph/graph.js';
import { foldIntoNext } from './fold-into-next.js';
import { foldIntoPrevious } from './fold-into-previous.js';
import { fuseActivations } from './fuse-activations.js';
import { mergeEqual } from './merge-equal.js';
import { mergePadding } from './merge-padding.js';
import { mergeReshapes } from './merge-reshapes.js';
import { mergeTransposes } from './merge-transposes.js';
import { sinkReshapes } from './sink-reshapes.js';
import { WorkingGraph } from './working-graph.js';

/** A graph that computes the same in fewer steps. */
export function optimize(graph: InferenceGraph): InferenceGraph {
  const working = new WorkingGraph(graph);
  mergeReshapes(working);
  sinkReshapes(working);
  mergeReshapes(working);
  mergeEqual(working);
  mergeTransposes(working);
  mergePadding(working);
  foldIntoPrevious(working);
  foldIntoNext(working);
  fuseActivations(working);
  return working.finish();
}
