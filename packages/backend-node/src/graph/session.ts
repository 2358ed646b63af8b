// A TensorFlow session over a graph, through tfjs-node's door for saved models.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as tf from '@tensorflow/tfjs-core';
import type { NodeBackend } from '../node-backend.js';
import { NotAGraph } from './graph-builder.js';
import { encodeSavedModel, TAG, type NodeMessage } from './protocol.js';

export class Session {
  private readonly id: number;

  constructor(
    private readonly backend: NodeBackend,
    nodes: NodeMessage[],
  ) {
    // tfjs-node loads a graph from a folder only; once loaded the folder is not needed.
    const folder = mkdtempSync(join(tmpdir(), 'graft-graph-'));
    try {
      const bytes = encodeSavedModel(nodes, backend.binding.TF_Version);
      writeFileSync(join(folder, 'saved_model.pb'), bytes);
      this.id = backend.binding.loadSavedModel(folder, TAG);
    } catch (error) {
      const [line] = String(error).split('\n');
      throw new NotAGraph(`TensorFlow does not take it as a graph: ${line}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Feeds tensors by placeholder name, and gives the values of `outputs`, the caller's to dispose. */
  run(feeds: ReadonlyMap<string, tf.TensorInfo>, outputs: readonly string[]): tf.Tensor[] {
    const { binding } = this.backend;
    const ids = this.backend.getInputTensorIds([...feeds.values()]);
    const names = [...feeds.keys()].join();
    return binding
      .runSavedModel(this.id, ids, names, outputs.join())
      .map((native) => this.backend.createOutputTensor(native));
  }

  dispose(): void {
    this.backend.binding.deleteSavedModel(this.id);
  }
}
