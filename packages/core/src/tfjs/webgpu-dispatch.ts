// One dispatch of a shader of ours on tfjs's backend 'webgpu', and the parts of that backend that it takes.

import { env, type DataType, type TensorInfo } from '@tensorflow/tfjs-core';

/** What is used of tfjs-backend-webgpu. */
export interface WebgpuBackend {
  readonly device: WebgpuDevice;
  readonly tensorMap: { get(dataId: object): WebgpuData };
  readonly commandQueueOwnedIds: { add(dataId: object): void };
  commandEncoder: { beginComputePass(): ComputePass };
  computePassEncoder: ComputePass | null;
  dispatchCountInPass: number;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  uploadToGPU(dataId: object): void;
  makeTensorInfo(shape: number[], dtype: 'float32'): TensorInfo;
  makeUniforms(values: readonly WebgpuUniform[]): object;
  copyBuffer(buffer: object): object;
  refCount(dataId: object): number;
  incRef(dataId: object): void;
}

interface WebgpuData {
  /** The buffer. */
  resource: object;
  /** The same on the host, where it was read. */
  values: unknown;
  readonly dtype: DataType;
}

interface WebgpuDevice {
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

export interface WebgpuUniform {
  readonly type: 'int32' | 'uint32' | 'float32';
  readonly data: number[];
}

export interface WebgpuDispatch {
  /** Equal for equal shaders. */
  readonly key: string;
  /** Asked for once for each key and device. */
  readonly shader: () => string;
  /** In the order of the bindings; the uniforms come after them. */
  readonly bound: readonly TensorInfo[];
  readonly uniforms: readonly WebgpuUniform[];
  /** Numbered by `id.y * groups.x * workgroup + id.x`, for whole workgroups. */
  readonly invocations: number;
  /** Invocations in a workgroup, along x, as the shader says. */
  readonly workgroup: number;
}

/** Workgroups that every device allows in one dimension. */
const MAX_WORKGROUPS = 65535;

/** Runs a shader over tensors; those that it writes are the caller's to make. */
export function dispatchOnWebgpu(backend: WebgpuBackend, wanted: WebgpuDispatch): void {
  const { bound, invocations, workgroup } = wanted;
  for (const { dataId } of bound) {
    backend.uploadToGPU(dataId);
    backend.commandQueueOwnedIds.add(dataId);
  }
  const pipeline = pipelineOf(backend.device, wanted);
  const uniforms = backend.makeUniforms(wanted.uniforms);
  const buffers = bound.map(({ dataId }) => ({ buffer: backend.tensorMap.get(dataId).resource }));
  const bindings = backend.device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [...buffers, uniforms].map((resource, binding) => ({ binding, resource })),
  });
  backend.ensureCommandEncoderReady();
  backend.computePassEncoder ??= backend.commandEncoder.beginComputePass();
  backend.computePassEncoder.setPipeline(pipeline);
  backend.computePassEncoder.setBindGroup(0, bindings);
  const groups = Math.ceil(invocations / workgroup);
  const columns = Math.min(groups, MAX_WORKGROUPS);
  backend.computePassEncoder.dispatchWorkgroups(columns, Math.ceil(groups / columns));
  backend.dispatchCountInPass += 1;
  if (env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE') <= backend.dispatchCountInPass) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
}

const pipelines = new WeakMap<WebgpuDevice, Map<string, Pipeline>>();

function pipelineOf(device: WebgpuDevice, { key, shader }: WebgpuDispatch): Pipeline {
  let all = pipelines.get(device);
  if (!all) pipelines.set(device, (all = new Map<string, Pipeline>()));
  let pipeline = all.get(key);
  if (!pipeline) {
    const module = device.createShaderModule({ code: shader() });
    pipeline = device.createComputePipeline({
      layout: 'auto',
      compute: { module, entryPoint: 'main' },
    });
    all.set(key, pipeline);
  }
  return pipeline;
}
