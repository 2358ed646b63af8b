// Updates on the 'webgpu' backend: one compute dispatch that writes the weight anew and the slots in place.

import { dispatchOnWebgpu, type WebgpuBackend } from '@graftjs/core';
import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import { writeSteps, type Program } from './program.js';
import { provideUpdateKernel, type UpdateKernel } from './provide-kernel.js';

const WORKGROUP = 128;

/** Bound in this order: weight and gradient to read, the new weight to write, the slots to read and write, the uniforms. */
function shader(program: Program, type: string): string {
  const { inputs, outputs, scalarCount } = program;
  const slots = inputs.slice(2).map((_, i) => i);
  const text = writeSteps(
    program,
    { input: (i) => `value${i}`, scalar: (i) => `${type}(uniforms.scalar${i})` },
    (name, value) => `  let ${name} = ${value};`,
  );
  const scalars = Array.from({ length: scalarCount }, (_, i) => `, scalar${i}: f32`).join('');
  const buffer = (binding: number, access: string, name: string) =>
    `@group(0) @binding(${binding}) var<storage, ${access}> ${name}: array<${type}>;`;
  return `struct Uniforms { count: u32${scalars} };
${buffer(0, 'read', 'weight')}
${buffer(1, 'read', 'gradient')}
${buffer(2, 'read_write', 'updated')}
${slots.map((i) => buffer(3 + i, 'read_write', `slot${i}`)).join('\n')}
@group(0) @binding(${outputs.length + 2}) var<uniform> uniforms: Uniforms;
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let index = id.y * groups.x * ${WORKGROUP}u + id.x;
  if (index >= uniforms.count) { return; }
  let value0 = weight[index];
  let value1 = gradient[index];
${slots.map((i) => `  let value${i + 2} = slot${i}[index];`).join('\n')}
${text.statements}
  updated[index] = ${text.outputs[0]};
${slots.map((i) => `  slot${i}[index] = ${text.outputs[i + 1]};`).join('\n')}
}`;
}

const update: UpdateKernel<WebgpuBackend> = (backend, { program, scalars }, inputs) => {
  const [weight, gradient, ...slots] = inputs as [TensorInfo, TensorInfo, ...TensorInfo[]];
  const size = util.sizeFromShape(weight.shape);
  const [type, count] = size % 4 === 0 ? ['vec4<f32>', size / 4] : ['f32', size];
  for (const { dataId } of inputs) backend.uploadToGPU(dataId);
  const updated = backend.makeTensorInfo(weight.shape, 'float32');
  backend.uploadToGPU(updated.dataId);
  const written = slots.map((slot) => writable(backend, slot));
  const outputs = [updated, ...written];

  dispatchOnWebgpu(backend, {
    key: `update ${type} ${program.key}`,
    shader: () => shader(program, type as string),
    bound: [weight, gradient, ...outputs],
    uniforms: [
      { type: 'uint32', data: [count as number] },
      ...scalars.map((scalar) => ({ type: 'float32' as const, data: [scalar] })),
    ],
    ...{ invocations: count as number, workgroup: WORKGROUP },
  });
  return outputs;
};

/** The slot itself where nobody else holds its data, else a copy; either may be written. */
function writable(backend: WebgpuBackend, slot: TensorInfo): TensorInfo {
  const { dataId, shape, dtype } = slot;
  const data = backend.tensorMap.get(dataId);
  if (backend.refCount(dataId) === 1) {
    // What was read once is cached on the host, and would be stale.
    data.values = null;
    backend.incRef(dataId);
    return { dataId, shape, dtype };
  }
  const copy = backend.makeTensorInfo(shape, 'float32');
  backend.tensorMap.get(copy.dataId).resource = backend.copyBuffer(data.resource);
  return copy;
}

/**
 * Makes the optimizers of this package update a variable with one dispatch on the 'webgpu' backend, with the same numbers
 * to float32 rounding.
 *
 * @example
 * import { registerUpdateKernel } from '@graftjs/optimizers/webgpu';
 * registerUpdateKernel();
 */
export function registerUpdateKernel(): void {
  provideUpdateKernel('webgpu', update);
}
