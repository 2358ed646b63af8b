// One dispatch of a shader of ours on the backend 'webgpu', and the parts of that backend that it takes.

import * as tf from '@tensorflow/tfjs-core';

interface WebgpuBackend {
  readonly device: Device;
  readonly tensorMap: {
    get(dataId: object): { readonly resource: object; readonly dtype: tf.DataType };
  };
  readonly commandQueueOwnedIds: { add(dataId: object): void };
  commandEncoder: { beginComputePass(): ComputePass };
  computePassEncoder: ComputePass | null;
  dispatchCountInPass: number;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  uploadToGPU(dataId: object): void;
  makeTensorInfo(shape: number[], dtype: 'float32'): tf.TensorInfo;
  makeUniforms(values: { type: 'int32' | 'float32'; data: number[] }[]): object;
}

interface Device {
  createShaderModule(source: { code: string }): object;
  createComputePipeline(description: object): Pipeline;
  createBindGroup(description: object): object;
}

interface Pipeline {
  getBindGroupLayout(group: number): object;
}

interface ComputePass {
  setPipeline(pipeline: Pipeline): void;
  setBindGroup(group: number, bindings: object): void;
  dispatchWorkgroups(x: number, y: number): void;
}

/** Invocations in a workgroup, along x. */
export const WORKGROUP = 64;
/** Workgroups that every device allows in one dimension. */
const MAX_WORKGROUPS = 65535;

/** A tensor whose buffer holds float32: that of whole numbers stays as it is when they are cast. */
export function asFloats(x: tf.Tensor): tf.Tensor {
  const { tensorMap } = tf.backend() as unknown as WebgpuBackend;
  const floats = tf.cast(x, 'float32');
  return tensorMap.get(floats.dataId).dtype === 'float32' ? floats : tf.add(floats, 0);
}

export interface Dispatch {
  /** Bound in this order: the inputs to read, the output to write, the uniforms. */
  readonly shader: string;
  readonly inputs: readonly tf.Tensor[];
  readonly outShape: number[];
  readonly integers: readonly number[];
  /** After the integers. */
  readonly floats: readonly number[];
  /** Numbered by `(id.y * groups.x + id.x) * WORKGROUP`, for whole workgroups. */
  readonly invocations: number;
}

/** @returns the output, in the scope that is open */
export function dispatch(wanted: Dispatch): tf.Tensor {
  const backend = tf.backend() as unknown as WebgpuBackend;
  const output = backend.makeTensorInfo(wanted.outShape, 'float32');
  const bound = [...wanted.inputs, output];
  for (const { dataId } of bound) {
    backend.uploadToGPU(dataId);
    backend.commandQueueOwnedIds.add(dataId);
  }
  const pipeline = pipelineOf(backend.device, wanted.shader);
  const uniforms = backend.makeUniforms([
    ...wanted.integers.map((value) => ({ type: 'int32' as const, data: [value] })),
    ...wanted.floats.map((value) => ({ type: 'float32' as const, data: [value] })),
  ]);
  const buffers = bound.map(({ dataId }) => ({ buffer: backend.tensorMap.get(dataId).resource }));
  const bindings = backend.device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [...buffers, uniforms].map((resource, binding) => ({ binding, resource })),
  });
  backend.ensureCommandEncoderReady();
  backend.computePassEncoder ??= backend.commandEncoder.beginComputePass();
  backend.computePassEncoder.setPipeline(pipeline);
  backend.computePassEncoder.setBindGroup(0, bindings);
  const groups = Math.ceil(wanted.invocations / WORKGROUP);
  const columns = Math.min(groups, MAX_WORKGROUPS);
  backend.computePassEncoder.dispatchWorkgroups(columns, Math.ceil(groups / columns));
  backend.dispatchCountInPass += 1;
  if (tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE') <= backend.dispatchCountInPass) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
  return tf.engine().makeTensorFromTensorInfo(output);
}

const pipelines = new WeakMap<Device, Map<string, Pipeline>>();

function pipelineOf(device: Device, code: string): Pipeline {
  let all = pipelines.get(device);
  if (!all) pipelines.set(device, (all = new Map<string, Pipeline>()));
  let pipeline = all.get(code);
  if (!pipeline) {
    const module = device.createShaderModule({ code });
    pipeline = device.createComputePipeline({
      layout: 'auto',
      compute: { module, entryPoint: 'main' },
    });
    all.set(code, pipeline);
  }
  return pipeline;
}
