// Updates on the 'webgl' backend: one draw that writes the weight and all slots, each into its own render target.

import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import { writeSteps, type Program } from './program.js';
import { provideUpdateKernel, type UpdateKernel } from './provide-kernel.js';

/** What is used of tfjs-backend-webgl. */
interface WebglBackend {
  readonly gpgpu: {
    readonly gl: WebGL2RenderingContext;
    createProgram(fragmentShader: WebGLShader): GpgpuProgram;
    buildVao(program: GpgpuProgram): void;
    setProgram(program: GpgpuProgram): void;
    bindVertexArray(vao: unknown): void;
    setInputMatrixTexture(texture: WebGLTexture, location: unknown, unit: number): void;
    executeProgram(): void;
  };
  readonly texData: { get(dataId: object): TextureData };
  uploadToGPU(dataId: object): void;
  makeTensorInfo(shape: number[], dtype: 'float32'): TensorInfo;
  packTensor(tensor: TensorInfo): TensorInfo;
  unpackTensor(tensor: TensorInfo): TensorInfo;
  packedReshape(tensor: TensorInfo, shape: number[]): TensorInfo;
  disposeIntermediateTensorInfo(tensor: TensorInfo): void;
}

type GpgpuProgram = WebGLProgram & { vao: unknown };

interface TextureData {
  readonly texture: { readonly texture: WebGLTexture } | null;
  readonly texShape: [rows: number, columns: number];
  readonly slice?: { readonly flatOffset: number } | null;
  shape: number[];
  isPacked: boolean;
}

/** A program of the GPU, with the places of its uniforms. */
interface Draw {
  readonly program: GpgpuProgram;
  readonly framebuffer: WebGLFramebuffer;
  readonly samplers: readonly unknown[];
  readonly scalars: WebGLUniformLocation | null;
  readonly views: WebGLUniformLocation | null;
  readonly width: WebGLUniformLocation | null;
}

const draws = new WeakMap<object, Map<string, Draw>>();

/**
 * Unpacked textures hold an element in each texel, read by flat index, so that widths may differ and a slice may start
 * anywhere. Packed ones hold a vec4 of four, and are read at the same place: they must have the same layout.
 */
function fragmentShader(program: Program, packed: boolean): string {
  const { inputs, outputs, scalarCount } = program;
  const type = packed ? 'vec4' : 'float';
  const text = writeSteps(
    program,
    { input: (i) => `value${i}`, scalar: (i) => `${type}(scalars[${i}])` },
    (name, value) => `  ${type} ${name} = ${value};`,
  );
  const read = (i: number) =>
    packed ? `texelFetch(input${i}, place, 0)` : `at(input${i}, views[${i}], index)`;
  const write = (value: string) => (packed ? value : `vec4(${value}, 0.0, 0.0, 0.0)`);
  return `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
${inputs.map((_, i) => `uniform sampler2D input${i};`).join('\n')}
uniform float scalars[${Math.max(1, scalarCount)}];
uniform ivec2 views[${inputs.length}];
uniform int width;
${outputs.map((_, i) => `layout(location = ${i}) out vec4 output${i};`).join('\n')}
// x: the width of the texture, y: where the tensor starts in it.
float at(sampler2D texels, ivec2 view, int index) {
  int place = index + view.y;
  return texelFetch(texels, ivec2(place % view.x, place / view.x), 0).r;
}
void main() {
  ivec2 place = ivec2(gl_FragCoord.xy);
  int index = place.y * width + place.x;
${inputs.map((_, i) => `  ${type} value${i} = ${read(i)};`).join('\n')}
${text.statements}
${outputs.map((_, i) => `  output${i} = ${write(text.outputs[i] as string)};`).join('\n')}
}`;
}

function drawOf(backend: WebglBackend, program: Program, packed: boolean): Draw {
  let all = draws.get(backend);
  if (!all) draws.set(backend, (all = new Map<string, Draw>()));
  const key = `${packed ? 'packed' : 'unpacked'} ${program.key}`;
  let draw = all.get(key);
  if (!draw) all.set(key, (draw = makeDraw(backend, program, packed)));
  return draw;
}

function makeDraw({ gpgpu }: WebglBackend, program: Program, packed: boolean): Draw {
  const { gl } = gpgpu;
  const shader = gl.createShader(gl.FRAGMENT_SHADER) as WebGLShader;
  gl.shaderSource(shader, fragmentShader(program, packed));
  gl.compileShader(shader);
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS))
    throw new Error(`an update does not compile on WebGL: ${gl.getShaderInfoLog(shader)}`);
  const linked = gpgpu.createProgram(shader);
  gpgpu.buildVao(linked);
  const framebuffer = gl.createFramebuffer() as WebGLFramebuffer;
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.drawBuffers(program.outputs.map((_, i) => gl.COLOR_ATTACHMENT0 + i));
  return {
    program: linked,
    framebuffer,
    samplers: program.inputs.map((_, i) => gl.getUniformLocation(linked, `input${i}`)),
    scalars: gl.getUniformLocation(linked, 'scalars'),
    views: gl.getUniformLocation(linked, 'views'),
    width: gl.getUniformLocation(linked, 'width'),
  };
}

const update: UpdateKernel<WebglBackend> = (backend, { program, scalars }, inputs) => {
  const { gpgpu } = backend;
  const { gl } = gpgpu;
  const [weight] = inputs as [TensorInfo];
  const intermediates: TensorInfo[] = [];
  const packed = isPlainPacked(backend, weight);
  const textures = inputs.map((input) => {
    const converted = inLayout(backend, input, packed);
    if (converted !== input) intermediates.push(converted);
    return backend.texData.get(converted.dataId);
  });
  const outputs = program.outputs.map(() => {
    const output = backend.makeTensorInfo(weight.shape, 'float32');
    backend.texData.get(output.dataId).isPacked = packed;
    backend.uploadToGPU(output.dataId);
    return output;
  });
  const targets = outputs.map(({ dataId }) => backend.texData.get(dataId));
  const [rows, columns] = (targets[0] as TextureData).texShape;
  const [width, height] = packed
    ? [Math.max(1, Math.ceil(columns / 2)), Math.max(1, Math.ceil(rows / 2))]
    : [columns, rows];

  const draw = drawOf(backend, program, packed);
  gl.bindFramebuffer(gl.FRAMEBUFFER, draw.framebuffer);
  attach(
    gl,
    targets.map(({ texture }) => texture?.texture ?? null),
  );
  gpgpu.setProgram(draw.program);
  gpgpu.bindVertexArray(draw.program.vao);
  gl.viewport(0, 0, width, height);
  gl.scissor(0, 0, width, height);
  textures.forEach(({ texture }, i) =>
    gpgpu.setInputMatrixTexture(texture?.texture as WebGLTexture, draw.samplers[i], i),
  );
  if (scalars.length > 0) gl.uniform1fv(draw.scalars, [...scalars]);
  if (!packed) {
    const views = textures.flatMap(({ texShape, slice }) => [texShape[1], slice?.flatOffset ?? 0]);
    gl.uniform2iv(draw.views, views);
    gl.uniform1i(draw.width, width);
  }
  gpgpu.executeProgram();
  // A texture that stays attached could not be read by the next draw.
  attach(
    gl,
    targets.map(() => null),
  );
  for (const tensor of intermediates) backend.disposeIntermediateTensorInfo(tensor);
  return outputs;
};

/** Whether a tensor lies packed, and in the layout of its own shape. */
function isPlainPacked(backend: WebglBackend, tensor: TensorInfo): boolean {
  backend.uploadToGPU(tensor.dataId);
  const { isPacked, slice, shape } = backend.texData.get(tensor.dataId);
  return isPacked && !slice && util.arraysEqual(shape, tensor.shape);
}

/** The tensor itself where it lies packed, or unpacked, as asked; else a converted copy. */
function inLayout(backend: WebglBackend, tensor: TensorInfo, packed: boolean): TensorInfo {
  backend.uploadToGPU(tensor.dataId);
  const { isPacked, shape } = backend.texData.get(tensor.dataId);
  // The backend changes the shape of what it is given for a moment: never of the caller's tensor.
  const copy: TensorInfo = { dataId: tensor.dataId, shape: tensor.shape, dtype: tensor.dtype };
  if (!packed) return isPacked ? backend.unpackTensor(copy) : tensor;
  if (!isPacked) return backend.packTensor(copy);
  if (isPlainPacked(backend, tensor)) return tensor;
  return backend.packedReshape({ ...copy, shape }, tensor.shape);
}

function attach(gl: WebGL2RenderingContext, textures: readonly (WebGLTexture | null)[]): void {
  textures.forEach((texture, i) =>
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + i, gl.TEXTURE_2D, texture, 0),
  );
}

/**
 * Makes the optimizers of this package update a variable with one draw on the 'webgl' backend, with the same numbers to
 * float32 rounding. It needs WebGL 2, which is where tfjs computes in float32.
 *
 * @example
 * import { registerUpdateKernel } from '@graftjs/optimizers/webgl';
 * registerUpdateKernel();
 */
export function registerUpdateKernel(): void {
  provideUpdateKernel('webgl', update);
}
