// Writes an update as a shader: one draw over the texels of the weight.

import { writeSteps, type Program } from './program.js';

/**
 * How an input lies beside the weight: alike (`same`), or unpacked where the weight is packed, row by row of its matrix
 * (`rows`), or unpacked as the weight is, but in another width or as a slice (`flat`).
 */
export type Reading = 'same' | 'rows' | 'flat';

/** One triangle that covers everything; `position` goes from 0 to 1 over the texture, as in tfjs's own shaders. */
export const vertexShader = `#version 300 es
out vec2 position;
void main() {
  position = vec2(gl_VertexID == 1 ? 2.0 : 0.0, gl_VertexID == 2 ? 2.0 : 0.0);
  gl_Position = vec4(2.0 * position - 1.0, 0.0, 1.0);
}`;

const readings = {
  // A sampler finds the fragment's own place for less than a fetch costs: measured in software, about half.
  same: (input: string) => `texture(${input}, position)`,
  rows: (input: string) => `rows(${input}, place)`,
  flat: (input: string, view: string) => `flatly(${input}, ${view}, index)`,
} satisfies Record<Reading, (input: string, view: string) => string>;

/** Unpacked textures hold an element in each texel; packed ones a vec4, two by two. */
export function fragmentShader(
  program: Program,
  { packed, reads }: { packed: boolean; reads: readonly Reading[] },
): string {
  const { inputs, outputs, scalarCount } = program;
  const type = packed ? 'vec4' : 'float';
  const lanes = packed ? '' : '.r';
  const text = writeSteps(
    program,
    { input: (i) => `value${i}`, scalar: (i) => `${type}(scalars[${i}])` },
    (name, value) => `  ${type} ${name} = ${value};`,
  );
  const read = (i: number) => readings[reads[i] as Reading](`input${i}`, `views[${i}]`) + lanes;
  const write = (value: string) => (packed ? value : `vec4(${value}, 0.0, 0.0, 0.0)`);
  return `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
in vec2 position;
${inputs.map((_, i) => `uniform sampler2D input${i};`).join('\n')}
uniform float scalars[${Math.max(1, scalarCount)}];
uniform ivec2 views[${inputs.length}];
uniform int width;
${outputs.map((_, i) => `layout(location = ${i}) out vec4 output${i};`).join('\n')}
// x: the width of the texture, y: where the tensor starts in it.
vec4 flatly(sampler2D texels, ivec2 view, int index) {
  int place = index + view.y;
  return texelFetch(texels, ivec2(place % view.x, place / view.x), 0);
}
float orZero(sampler2D texels, ivec2 place, ivec2 size) {
  return all(lessThan(place, size)) ? texelFetch(texels, place, 0).r : 0.0;
}
// What lies beyond the matrix must be 0: products of packed matrices go over it.
vec4 rows(sampler2D texels, ivec2 place) {
  ivec2 size = textureSize(texels, 0);
  ivec2 first = 2 * place;
  return vec4(
    texelFetch(texels, first, 0).r,
    orZero(texels, first + ivec2(1, 0), size),
    orZero(texels, first + ivec2(0, 1), size),
    orZero(texels, first + 1, size));
}
void main() {
  ivec2 place = ivec2(gl_FragCoord.xy);
  int index = place.y * width + place.x;
${inputs.map((_, i) => `  ${type} value${i} = ${read(i)};`).join('\n')}
${text.statements}
${outputs.map((_, i) => `  output${i} = ${write(text.outputs[i] as string)};`).join('\n')}
}`;
}
