// Updates on the 'webgl' backend: one draw that writes the weight and all slots, each into its own render target.

import { env, util, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Program } from './program.js';
import { provideUpdateKernel, type UpdateKernel } from './provide-kernel.js';
import { fragmentShader, vertexShader, type Reading } from './webgl-shader.js';

/** What is used of tfjs-backend-webgl. */
interface WebglBackend {
  readonly gpgpu: {
    readonly gl: WebGL2RenderingContext;
    bindVertexArray(vao: null): void;
  };
  readonly texData: { get(dataId: object): TextureData };
  uploadToGPU(dataId: object): void;
  makeTensorInfo(shape: number[], dtype: 'float32'): TensorInfo;
  packTensor(tensor: TensorInfo): TensorInfo;
  unpackTensor(tensor: TensorInfo): TensorInfo;
  packedReshape(tensor: TensorInfo, shape: number[]): TensorInfo;
  disposeIntermediateTensorInfo(tensor: TensorInfo): void;
}

interface TextureData {
  readonly texture: { readonly texture: WebGLTexture } | null;
  readonly texShape: [rows: number, columns: number];
  readonly slice?: { readonly flatOffset: number } | null;
  shape: number[];
  isPacked: boolean;
}

/** A program of the GPU, with the places of its uniforms. */
interface Draw {
  readonly program: WebGLProgram;
  readonly framebuffer: WebGLFramebuffer;
  readonly scalars: WebGLUniformLocation | null;
  readonly views: WebGLUniformLocation | null;
  readonly width: WebGLUniformLocation | null;
}

/** An input as the shader reads it. */
interface Input {
  readonly data: TextureData;
  readonly reading: Reading;
  /** Where it had to be converted: to be disposed. */
  readonly converted?: TensorInfo;
}

const draws = new WeakMap<object, Map<string, Draw>>();

function drawOf(
  { gpgpu: { gl } }: WebglBackend,
  program: Program,
  packed: boolean,
  reads: readonly Reading[],
): Draw {
  let all = draws.get(gl);
  if (!all) draws.set(gl, (all = new Map<string, Draw>()));
  const key = [packed ? 'packed' : 'unpacked', ...reads, program.key].join(' ');
  let draw = all.get(key);
  if (!draw)
    all.set(key, (draw = makeDraw(gl, program, fragmentShader(program, { packed, reads }))));
  return draw;
}

function makeDraw(gl: WebGL2RenderingContext, { inputs, outputs }: Program, source: string): Draw {
  const program = gl.createProgram();
  gl.attachShader(program, compile(gl, gl.VERTEX_SHADER, vertexShader));
  gl.attachShader(program, compile(gl, gl.FRAGMENT_SHADER, source));
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS))
    throw new Error(`an update does not link on WebGL: ${gl.getProgramInfoLog(program)}`);
  gl.useProgram(program);
  inputs.forEach((_, i) => gl.uniform1i(gl.getUniformLocation(program, `input${i}`), i));
  const framebuffer = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.drawBuffers(outputs.map((_, i) => gl.COLOR_ATTACHMENT0 + i));
  const place = (name: string) => gl.getUniformLocation(program, name);
  return {
    ...{ program, framebuffer },
    ...{ scalars: place('scalars'), views: place('views'), width: place('width') },
  };
}

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const shader = gl.createShader(type) as WebGLShader;
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS))
    throw new Error(`an update does not compile on WebGL: ${gl.getShaderInfoLog(shader)}`);
  return shader;
}

const update: UpdateKernel<WebglBackend> = (backend, { program, scalars }, tensors) => {
  const { gl } = backend.gpgpu;
  const [{ shape }] = tensors as [TensorInfo];
  // Four elements a texel: a quarter of the reads and writes, and what the ops of tfjs would make of a weight.
  const packed = env().getBool('WEBGL_PACK');
  const outputs = program.outputs.map(() => {
    const output = backend.makeTensorInfo(shape, 'float32');
    backend.texData.get(output.dataId).isPacked = packed;
    backend.uploadToGPU(output.dataId);
    return output;
  });
  const targets = outputs.map(({ dataId }) => backend.texData.get(dataId));
  const target = targets[0] as TextureData;
  const inputs = tensors.map((tensor) => inputFor(backend, tensor, target));
  const [height, width] = texelsOf(target);
  const draw = drawOf(
    backend,
    program,
    packed,
    inputs.map(({ reading }) => reading),
  );
  gl.bindFramebuffer(gl.FRAMEBUFFER, draw.framebuffer);
  attach(
    gl,
    targets.map(({ texture }) => texture?.texture ?? null),
  );
  gl.useProgram(draw.program);
  backend.gpgpu.bindVertexArray(null);
  gl.viewport(0, 0, width, height);
  gl.scissor(0, 0, width, height);
  inputs.forEach(({ data }, i) => {
    gl.activeTexture(gl.TEXTURE0 + i);
    gl.bindTexture(gl.TEXTURE_2D, data.texture?.texture as WebGLTexture);
  });
  if (scalars.length > 0) gl.uniform1fv(draw.scalars, [...scalars]);
  if (inputs.some(({ reading }) => reading === 'flat')) {
    const views = inputs.flatMap(({ data }) => [data.texShape[1], data.slice?.flatOffset ?? 0]);
    gl.uniform2iv(draw.views, views);
    gl.uniform1i(draw.width, width);
  }
  gl.drawArrays(gl.TRIANGLES, 0, 3);
  for (const { converted } of inputs)
    if (converted) backend.disposeIntermediateTensorInfo(converted);
  return outputs;
};

/** An input in a layout that can be read beside the target's: its own, or a converted copy's. */
function inputFor(backend: WebglBackend, tensor: TensorInfo, target: TextureData): Input {
  const data = backend.texData.get(tensor.dataId);
  if (!data.texture && target.isPacked) {
    data.isPacked = true;
    data.shape = tensor.shape;
  }
  backend.uploadToGPU(tensor.dataId);
  const reading = readingOf(data, target);
  if (reading) return { data, reading };
  const converted = convert(backend, tensor, target.isPacked);
  return { data: backend.texData.get(converted.dataId), reading: 'same', converted };
}

/** How it can be read as it lies, if it can. */
function readingOf(data: TextureData, target: TextureData): Reading | undefined {
  const [rows, columns] = matrixOf(target.shape);
  const free = !data.slice;
  if (!target.isPacked) {
    if (data.isPacked) return undefined;
    return free && util.arraysEqual(texelsOf(data), texelsOf(target)) ? 'same' : 'flat';
  }
  if (data.isPacked) {
    const alike = util.arraysEqual(matrixOf(data.shape), [rows, columns]);
    return alike && util.arraysEqual(texelsOf(data), texelsOf(target)) ? 'same' : undefined;
  }
  // Texels hold two rows: they are those of one matrix, and stand in the texture as in the matrix.
  const paired = rows % 2 === 0 || util.sizeFromShape(target.shape) === rows * columns;
  const inRows =
    data.texShape[1] === columns && target.texShape[1] === util.nearestLargerEven(columns);
  return free && paired && inRows ? 'rows' : undefined;
}

/** The size of the texture. */
function texelsOf({ isPacked, texShape }: TextureData): [height: number, width: number] {
  const [rows, columns] = texShape;
  return isPacked ? [Math.ceil(rows / 2), Math.ceil(columns / 2)] : [rows, columns];
}

/** The last two sizes: what is packed two by two. */
function matrixOf(shape: readonly number[]): [rows: number, columns: number] {
  return [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
}

function convert(backend: WebglBackend, tensor: TensorInfo, packed: boolean): TensorInfo {
  const { isPacked, shape } = backend.texData.get(tensor.dataId);
  // The backend changes the shape of what it is given for a moment: never of the caller's tensor.
  const copy: TensorInfo = { dataId: tensor.dataId, shape: tensor.shape, dtype: tensor.dtype };
  if (!packed) return backend.unpackTensor(copy);
  return isPacked
    ? backend.packedReshape({ ...copy, shape }, tensor.shape)
    : backend.packTensor(copy);
}

function attach(gl: WebGL2RenderingContext, textures: readonly (WebGLTexture | null)[]): void {
  textures.forEach((texture, i) =>
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + i, gl.TEXTURE_2D, texture, 0),
  );
}

/**
 * Makes the optimizers of this package update a variable with one draw on the 'webgl' backend, with the same numbers to
 * float32 rounding. It needs WebGL 2, which is where tfjs computes in float32; with WebGL 1 updates are composed of ops.
 *
 * @example
 * import { registerUpdateKernel } from '@graftjs/optimizers/webgl';
 * registerUpdateKernel();
 */
export function registerUpdateKernel(): void {
  provideUpdateKernel('webgl', update, () => env().getNumber('WEBGL_VERSION') === 2);
}
