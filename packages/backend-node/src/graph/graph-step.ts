// Compiles a training step to one TensorFlow graph: after two recorded steps the third on is one call.

import * as tf from '@tensorflow/tfjs-core';
import {
  applyGradients,
  batchTensors,
  computeGradients,
  eagerStep,
  isRuleDriven,
  type Batch,
  type RuleDrivenOptimizer,
  type StepCompiler,
  type StepEngine,
  type StepProgram,
  type TrainingStep,
} from '@graftjs/core';
import { nodeBackend, type NodeBackend } from '../node-backend.js';
import { NotAGraph } from './graph-builder.js';
import { recordOps } from './recorder.js';
import { difference } from './recording.js';
import { SessionState } from './session-state.js';
import { buildTrainingGraph, type StepRecording } from './training-graph.js';

type RuleProgram = StepProgram & { optimizer: RuleDrivenOptimizer };

/**
 * The step compiler of the 'tensorflow' backend. The first two steps run op by op and are recorded; if both recorded the
 * same ops and constants, these become a graph, with the optimizer's update and the constraints, on variables inside a
 * TensorFlow session. Batches of another shape (the last of an epoch) run op by op. What cannot be a graph stays eager,
 * and `engine.reason` says why.
 */
export const compileStep: StepCompiler = (program) =>
  isRuleDriven(program.optimizer)
    ? new GraphStep(nodeBackend(), program as RuleProgram)
    : eagerStep(program, 'the optimizer is not one of @graftjs/optimizers');

class GraphStep implements TrainingStep {
  private reason = 'fewer than three batches of one shape were seen';
  private hopeless = false;
  private first: StepRecording | undefined;
  private session: SessionState | undefined;

  constructor(
    private readonly backend: NodeBackend,
    private readonly program: RuleProgram,
  ) {}

  get engine(): StepEngine {
    return this.session ? { name: 'graph' } : { name: 'eager', reason: this.reason };
  }

  run(batch: Batch): tf.Tensor1D {
    if (this.session && this.first && signature(batch) === this.first.signature) {
      return this.session.run(batch);
    }
    this.session?.synchronise();
    return this.session || this.hopeless ? this.runEagerly(batch) : this.runRecorded(batch);
  }

  synchronise(): void {
    this.session?.synchronise();
  }

  dispose(): void {
    this.session?.dispose();
    this.session = undefined;
  }

  private runEagerly(batch: Batch): tf.Tensor1D {
    const { totals, gradients } = computeGradients(this.program, batch);
    this.update(gradients);
    return totals;
  }

  private update(gradients: readonly (tf.Tensor | undefined)[]): void {
    applyGradients(this.program, gradients);
    tf.dispose(gradients.filter((gradient) => gradient !== undefined));
  }

  private runRecorded(batch: Batch): tf.Tensor1D {
    const { trainable, states } = this.program;
    const recorded = recordOps(
      this.backend,
      [...batchTensors(batch), ...trainable, ...states],
      () => {
        const result = computeGradients(this.program, batch);
        const present = result.gradients.filter((gradient) => gradient !== undefined);
        return { result, outputs: [result.totals, ...present, ...states] };
      },
    );
    const { totals, gradients } = recorded.result;
    const withGradient = trainable.map((_, i) => i).filter((i) => gradients[i] !== undefined);
    this.update(gradients);
    if (recorded.obstacle !== undefined) this.giveUp(recorded.obstacle);
    else
      this.compare(
        { recording: recorded.recording, withGradient, signature: signature(batch) },
        batch,
      );
    return totals;
  }

  private compare(step: StepRecording, batch: Batch): void {
    if (this.first?.signature !== step.signature) {
      this.first = step;
      return;
    }
    const changed = difference(this.first.recording, step.recording);
    if (changed) this.giveUp(`the step is not the same each time: ${changed}`);
    else this.compile(step, batch);
  }

  private compile(step: StepRecording, batch: Batch): void {
    try {
      const graph = buildTrainingGraph(this.backend, this.program, step, batch);
      this.session = new SessionState(this.backend, this.program, graph);
    } catch (error) {
      if (!(error instanceof NotAGraph)) throw error;
      this.giveUp(error.message);
    }
  }

  private giveUp(reason: string): void {
    this.reason = reason;
    this.hopeless = true;
  }
}

function signature(batch: Batch): string {
  const tensors = batchTensors(batch);
  // A recording cannot tell inputs with the same data apart.
  const shared = new Set(tensors.map(({ dataId }) => dataId)).size < tensors.length;
  return `${tensors.map(({ dtype, shape }) => `${dtype}[${shape}]`).join(' ')}${shared ? ', shared' : ''}`;
}
