// Fragment shaders as programs of WebGL 2, with the declarations that all of them share.

/** One triangle that covers everything. */
const vertices = `#version 300 es
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`;

/** A program of the GPU, what it draws into, and the place of its values. */
interface Linked {
  readonly program: WebGLProgram;
  readonly framebuffer: WebGLFramebuffer;
  readonly place: WebGLUniformLocation | null;
}

const programs = new WeakMap<object, Map<string, Linked>>();

/** That of a shader, linked when it is first asked for. */
export function programOf(
  gl: WebGL2RenderingContext,
  shader: string,
  inputs: number,
  outputs: number,
): Linked {
  let all = programs.get(gl);
  if (!all) programs.set(gl, (all = new Map<string, Linked>()));
  let linked = all.get(shader);
  if (!linked) all.set(shader, (linked = link(gl, shader, inputs, outputs)));
  return linked;
}

function link(gl: WebGL2RenderingContext, shader: string, inputs: number, outputs: number): Linked {
  const program = gl.createProgram();
  gl.attachShader(program, compile(gl, gl.VERTEX_SHADER, vertices));
  gl.attachShader(program, compile(gl, gl.FRAGMENT_SHADER, withDeclarations(shader, inputs, outputs))); // prettier-ignore
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS))
    throw new Error(`a convolution does not link on WebGL: ${gl.getProgramInfoLog(program)}`);
  gl.useProgram(program);
  for (let i = 0; i < inputs; i++) gl.uniform1i(gl.getUniformLocation(program, `input${i}`), i);
  const framebuffer = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.drawBuffers(Array.from({ length: outputs }, (_, i) => gl.COLOR_ATTACHMENT0 + i));
  return { program, framebuffer, place: gl.getUniformLocation(program, 'values') };
}

/** The first value is the width of the outputs; `index` counts their texels. */
function withDeclarations(shader: string, inputs: number, outputs: number): string {
  const list = (count: number, text: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => text(i)).join('\n');
  return `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
${list(inputs, (i) => `uniform sampler2D input${i};`)}
uniform int values[${VALUES}];
${list(outputs, (i) => `layout(location = ${i}) out vec4 output${i};`)}
void main() {
  int index = int(gl_FragCoord.y) * values[0] + int(gl_FragCoord.x);
${shader}
}`;
}

/** At most, with the width. */
const VALUES = 16;

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const shader = gl.createShader(type) as WebGLShader;
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS))
    throw new Error(`a convolution does not compile on WebGL: ${gl.getShaderInfoLog(shader)}`);
  return shader;
}
