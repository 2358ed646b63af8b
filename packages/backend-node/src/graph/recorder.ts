// Records the TensorFlow ops that a computation runs, while it runs.

import * as tf from '@tensorflow/tfjs-core';
import type { Binding, HostValues, NodeBackend } from '../node-backend.js';
import type { HostConstant, RecordedOp, Recording, Source } from './recording.js';

/** A recording, or the reason why the computation cannot be run again as a graph. */
export type Recorded<T> =
  | { readonly result: T; readonly recording: Recording; readonly obstacle?: undefined }
  | { readonly result: T; readonly recording?: undefined; readonly obstacle: string };

/**
 * Runs `compute` for real, once, and gives its ops. Every op of tfjs-node goes through the binding's `executeOp`, and
 * every value from JavaScript through `createTensor`: both are watched for the time of the call.
 *
 * @param inputs what may differ when the recording is run again
 * @param compute gives its result, and the tensors that are the recording's outputs
 */
export function recordOps<T>(
  backend: NodeBackend,
  inputs: readonly tf.Tensor[],
  compute: () => { result: T; outputs: readonly tf.Tensor[] },
): Recorded<T> {
  const original = backend.binding;
  const recorder = new Recorder(backend, inputs);
  backend.binding = recorder.watch(original);
  try {
    const { result, outputs } = compute();
    const sources = backend.getInputTensorIds(outputs).map((id) => recorder.source(id));
    return recorder.obstacle === undefined
      ? { result, recording: { ...recorder.noted, outputs: sources } }
      : { result, obstacle: recorder.obstacle };
  } finally {
    backend.binding = original;
  }
}

class Recorder {
  readonly noted: { inputs: number[][]; ops: RecordedOp[] };
  /** The first thing that a graph could not do. */
  obstacle: string | undefined;
  private readonly sources = new Map<number, Source>();
  /** All variables that live in TensorFlow, the model's and others, by the id of their value. */
  private readonly variables: ReadonlyMap<number, tf.Variable>;
  private readonly original: Binding;

  constructor(backend: NodeBackend, inputs: readonly tf.Tensor[]) {
    this.original = backend.binding;
    const { registeredVariables, state } = tf.engine();
    const variables = Object.values(registeredVariables).filter(
      ({ dataId }) => state.tensorInfo.get(dataId)?.backend === backend,
    );
    // Asking for ids puts values that still wait on the host into TensorFlow: later they would look like constants.
    const ids = backend.getInputTensorIds(variables);
    this.variables = new Map(ids.map((id, i) => [id, variables[i] as tf.Variable]));
    this.noted = { inputs: inputs.map(({ shape }) => shape), ops: [] };
    for (const [index, id] of backend.getInputTensorIds(inputs).entries()) {
      this.sources.set(id, { kind: 'input', index });
    }
  }

  /** The binding as before, with the calls that matter noted. */
  watch(original: Binding): Binding {
    const noted: Pick<Binding, 'createTensor' | 'executeOp' | 'tensorDataSync'> = {
      createTensor: (shape, dtype, values) => {
        const id = original.createTensor(shape, dtype, values);
        this.addConstant(id, { shape: [...shape], dtype, values: copy(values) });
        return id;
      },
      executeOp: (op, attributes, inputs, outputs) => {
        const sources = inputs.map((id) => this.source(id));
        const made = original.executeOp(op, attributes, inputs, outputs);
        const shapes = made.map(({ shape }) => shape);
        const index = this.noted.ops.push({ op, attributes, inputs: sources, shapes }) - 1;
        for (const [port, { id }] of made.entries()) {
          this.sources.set(id, { kind: 'op', index, port });
        }
        if (made.length === 0) this.note(`${op} works by side effect`);
        return made;
      },
      tensorDataSync: (id) => {
        if (this.source(id).kind !== 'constant')
          this.note('it reads a computed value back to the host');
        return original.tensorDataSync(id);
      },
    };
    // The binding's own properties cannot be assigned, so an object in front of it shadows them.
    const descriptors = Object.entries(noted).map(([name, value]) => [name, { value }] as const);
    return Object.create(original, Object.fromEntries(descriptors)) as Binding;
  }

  source(id: number): Source {
    return this.sources.get(id) ?? this.addOutsider(id);
  }

  /** A tensor made before: constant, unless it is a variable. */
  private addOutsider(id: number): Source {
    const variable = this.variables.get(id);
    if (variable)
      this.note(`it reads the variable ${variable.name}, which the model does not list`);
    const [seen] = this.original.executeOp('Identity', [], [id], 1);
    if (!seen) throw new Error(`no tensor has the id ${id}`);
    const values = copy(this.original.tensorDataSync(seen.id));
    this.original.deleteTensor(seen.id);
    return this.addConstant(id, { shape: seen.shape, dtype: seen.dtype, values });
  }

  private addConstant(id: number, constant: HostConstant): Source {
    const source: Source = { kind: 'constant', constant };
    this.sources.set(id, source);
    return source;
  }

  private note(obstacle: string): void {
    this.obstacle ??= obstacle;
  }
}

/** A copy, since the caller may use the array again; of equal values one. */
function copy(values: HostValues): HostValues {
  const [first] = values;
  const uniform = Array.prototype.every.call(values, (value) => Object.is(value, first));
  return values.slice(0, uniform ? 1 : values.length);
}
