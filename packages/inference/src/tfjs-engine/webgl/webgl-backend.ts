// Draws of shaders of ours on the backend 'webgl', and the parts of that backend that they take.

import * as tf from '@tensorflow/tfjs-core';
import { programOf } from './linked-program.js';

interface WebglBackend {
  readonly gpgpu: {
    readonly gl: WebGL2RenderingContext;
    bindVertexArray(vao: null): void;
  };
  readonly texData: { get(dataId: object): TextureData };
  uploadToGPU(dataId: object): void;
  makeTensorInfo(shape: number[], dtype: 'float32'): tf.TensorInfo;
  packTensor(tensor: tf.TensorInfo): tf.TensorInfo;
  packedReshape(tensor: tf.TensorInfo, shape: number[]): tf.TensorInfo;
  disposeIntermediateTensorInfo(tensor: tf.TensorInfo): void;
}

interface TextureData {
  readonly texture: { readonly texture: WebGLTexture } | null;
  texShape: [rows: number, columns: number];
  shape: number[];
  isPacked: boolean;
}

/** A texture whose texels hold two by two values of the last two axes. */
export interface Packed {
  readonly info: tf.TensorInfo;
  readonly texture: WebGLTexture;
  /** In texels. */
  readonly width: number;
  readonly height: number;
}

const backend = () => tf.backend() as unknown as WebglBackend;

/**
 * A tensor as a packed texture, to be released.
 *
 * @param shape of as many values, by whose last two axes it is packed
 */
export function packedOf(
  tensor: tf.Tensor,
  shape: number[] = tensor.shape,
): { readonly packed: Packed; release(): void } {
  const webgl = backend();
  const data = webgl.texData.get(tensor.dataId);
  if (!data.texture) {
    data.isPacked = true;
    data.shape = shape;
  }
  webgl.uploadToGPU(tensor.dataId);
  const isAlike = tf.util.arraysEqual(data.shape.slice(-2), shape.slice(-2));
  const { dataId, dtype } = tensor;
  if (data.isPacked && isAlike) {
    return { packed: textureOf({ dataId, dtype, shape }), release: () => undefined };
  }
  // The backend changes the shape of what it is given for a moment: never of the caller's tensor.
  const copy = data.isPacked
    ? webgl.packedReshape({ dataId, dtype, shape: data.shape }, shape)
    : webgl.packTensor({ dataId, dtype, shape });
  return { packed: textureOf(copy), release: () => webgl.disposeIntermediateTensorInfo(copy) };
}

/** A texture to draw into, of as many texels in rows of `columns` or of a multiple. */
export function makePacked(shape: number[], columns: number, rows: number): Packed {
  const webgl = backend();
  const info = webgl.makeTensorInfo(shape, 'float32');
  const data = webgl.texData.get(info.dataId);
  const beside = Math.ceil(rows / tf.env().getNumber('WEBGL_MAX_TEXTURE_SIZE'));
  data.isPacked = true;
  data.texShape = [2 * Math.ceil(rows / beside), 2 * columns * beside];
  webgl.uploadToGPU(info.dataId);
  return textureOf(info);
}

const outputCounts = new WeakMap<object, number>();

/** How many textures one draw fills: 8, 4, or 1. There are GPUs that take more than 4 only where texels are small. */
export function mostOutputs(): number {
  const { gl } = backend().gpgpu;
  let most = outputCounts.get(gl);
  if (most === undefined)
    outputCounts.set(gl, (most = [8, 4].find((count) => takes(gl, count)) ?? 1));
  return most;
}

function takes(gl: WebGL2RenderingContext, count: number): boolean {
  if ((gl.getParameter(gl.MAX_DRAW_BUFFERS) as number) < count) return false;
  const textures = Array.from({ length: count }, () => makePacked([2, 2], 1, 1));
  const framebuffer = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  attach(gl, textures);
  gl.drawBuffers(textures.map((_, i) => gl.COLOR_ATTACHMENT0 + i));
  const isComplete = gl.checkFramebufferStatus(gl.FRAMEBUFFER) === gl.FRAMEBUFFER_COMPLETE;
  gl.deleteFramebuffer(framebuffer);
  for (const texture of textures) freePacked(texture);
  return isComplete;
}

function attach(gl: WebGL2RenderingContext, textures: readonly Packed[]): void {
  textures.forEach(({ texture }, i) =>
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + i, gl.TEXTURE_2D, texture, 0),
  );
}

export function freePacked({ info }: Packed): void {
  backend().disposeIntermediateTensorInfo(info);
}

/** @returns the tensor of a texture, in the scope that is open */
export function tensorOf({ info }: Packed): tf.Tensor {
  return tf.engine().makeTensorFromTensorInfo(info);
}

function textureOf(info: tf.TensorInfo): Packed {
  const { texture, texShape } = backend().texData.get(info.dataId);
  const [height, width] = texShape.map((length) => Math.ceil(length / 2)) as [number, number];
  return { info, texture: (texture as { texture: WebGLTexture }).texture, width, height };
}

export interface Draw {
  /** Of the fragments: takes the inputs as `input0` and so on, the values as `values[]`, and gives `output0` and so on. */
  readonly shader: string;
  readonly inputs: readonly Packed[];
  /** All of one size. */
  readonly outputs: readonly Packed[];
  readonly values: readonly number[];
}

/** One draw over all texels of the outputs. */
export function draw({ shader, inputs, outputs, values }: Draw): void {
  const { gpgpu } = backend();
  const { gl } = gpgpu;
  const { program, framebuffer, place } = programOf(gl, shader, inputs.length, outputs.length);
  const [{ width, height }] = outputs as [Packed];
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  attach(gl, outputs);
  gl.useProgram(program);
  gpgpu.bindVertexArray(null);
  gl.viewport(0, 0, width, height);
  gl.scissor(0, 0, width, height);
  inputs.forEach(({ texture }, i) => {
    gl.activeTexture(gl.TEXTURE0 + i);
    gl.bindTexture(gl.TEXTURE_2D, texture);
  });
  gl.uniform1iv(place, [width, ...values]);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
}
