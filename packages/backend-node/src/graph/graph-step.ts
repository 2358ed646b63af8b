// Compiles a training step to one TensorFlow graph: after two recorded steps the third on is one call.

import type * as tf from '@tensorflow/tfjs-core';
import {
  batchTensors,
  computeGradients,
  eagerStep,
  finishStep,
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
import { signature } from './signature.js';
import { buildTrainingGraph, type StepRecording } from './training-graph.js';

/** Recordings are large: where every batch has a shape of its own, only so many wait. */
const SHAPES = 4;

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
  private reason = 'no three batches of one shape were seen';
  private hopeless = false;
  /** The first recording of each shape of batch that waits for its second. */
  private readonly recordings = new Map<string, StepRecording>();
  private session: SessionState | undefined;
  /** The shape of batch that the session takes. */
  private compiled: string | undefined;

  constructor(
    private readonly backend: NodeBackend,
    private readonly program: RuleProgram,
  ) {}

  get engine(): StepEngine {
    return this.session ? { name: 'graph' } : { name: 'eager', reason: this.reason };
  }

  run(batch: Batch): tf.Tensor1D {
    if (this.session && signature(batchTensors(batch)) === this.compiled)
      return this.session.run(batch);
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
    return finishStep(this.program, computeGradients(this.program, batch));
  }

  private runRecorded(batch: Batch): tf.Tensor1D {
    const { trainable, states } = this.program;
    const inputs = [...batchTensors(batch), ...trainable, ...states];
    const recorded = recordOps(this.backend, inputs, () => {
      const result = computeGradients(this.program, batch);
      const present = result.gradients.filter((gradient) => gradient !== undefined);
      return { result, outputs: [result.totals, ...present, ...states] };
    });
    const { gradients } = recorded.result;
    const withGradient = trainable.map((_, i) => i).filter((i) => gradients[i] !== undefined);
    const totals = finishStep(this.program, recorded.result);
    if (recorded.obstacle !== undefined) this.giveUp(recorded.obstacle);
    else this.compare({ recording: recorded.recording, withGradient }, batch);
    return totals;
  }

  private compare(step: StepRecording, batch: Batch): void {
    const shape = signature(batchTensors(batch));
    const first = this.recordings.get(shape);
    if (!first) {
      this.remember(shape, step);
      return;
    }
    const changed = difference(first.recording, step.recording);
    if (changed) this.giveUp(`the step is not the same each time: ${changed}`);
    else this.compile(step, batch);
  }

  private remember(shape: string, step: StepRecording): void {
    this.recordings.set(shape, step);
    const [oldest] = this.recordings.keys();
    if (this.recordings.size > SHAPES && oldest !== undefined) this.recordings.delete(oldest);
  }

  private compile(step: StepRecording, batch: Batch): void {
    try {
      const graph = buildTrainingGraph(this.backend, this.program, step, batch);
      this.session = new SessionState(this.backend, this.program, graph);
      this.compiled = signature(batchTensors(batch));
      this.recordings.clear();
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
