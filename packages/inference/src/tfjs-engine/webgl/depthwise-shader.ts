// Depthwise convolutions as fragment shaders on packed textures, whose texels hold two columns by two channels: a fragment has
// one texel, and fetches each that its windows lie in once for both columns.

import { columnsOf, each, lanesOf, named, within, type WindowKind } from './shader-parts.js';

/** By their order in the values of the draw, after the width of the output. */
export const depthwiseValues = [
  ...['outHeight', 'outWidth', 'outPairs', 'inHeight', 'inWidth', 'inPairs', 'columns', 'top'],
] as const;

/** Inputs: x with all channels in a row of texels, the kernel as [places of the window, channels], and the bias if there is one. */
export function depthwiseShader(kind: WindowKind): string {
  return `${named(depthwiseValues)}
  int column = index % columns;
  int row = index / columns;
  int pair = row % outPairs * ${kind.strides[1]};
  int line = row / outPairs;
  int image = line / outHeight * inHeight;
  int top_ = line % outHeight * ${kind.strides[0]} - top;
  vec4 sum = ${kind.hasBias ? 'texelFetch(input2, ivec2(column, 0), 0).rgrg' : 'vec4(0)'};
${each(Math.ceil((kind.filter[0] * kind.filter[1]) / 2))
  .map((i) => `  vec4 w${i} = texelFetch(input1, ivec2(column, ${i}), 0);`)
  .join('\n')}
${each(kind.filter[0])
  .map((i) => rowOfWindow(kind, i))
  .join('\n')}
  if (2 * (row % outPairs) + 1 >= outWidth) sum.ba = vec2(0);
  output0 = ${within(kind, 'sum')};`;
}

function rowOfWindow(kind: WindowKind, i: number): string {
  const offsets = columnsOf(kind);
  const texels = [...new Set(offsets.flat().map((offset) => Math.floor(offset / 2)))];
  const lanes = (offset: number) => `x${texels.indexOf(Math.floor(offset / 2))}.${lanesOf(offset)}`;
  return `  {
    int h = top_ + ${i * kind.dilations[0]};
    bool isIn = h >= 0 && h < inHeight;
    int place = (image + h) * inPairs;
${texels.map((texel, t) => fetched(kind, texel, `x${t}`)).join('\n')}
${offsets
  .map(([first, second], k) => {
    const tap = i * kind.filter[1] + k;
    const weight = `w${tap >> 1}.${lanesOf(tap).repeat(2)}`;
    return `    sum += vec4(${lanes(first)}, ${lanes(second)}) * ${weight};`;
  })
  .join('\n')}
  }`;
}

function fetched(kind: WindowKind, texel: number, name: string): string {
  const second = kind.isOddWidth ? `isIn${name} && 2 * at${name} + 1 < inWidth` : `isIn${name}`;
  return `    int at${name} = pair + ${texel};
    bool isIn${name} = isIn && at${name} >= 0 && at${name} < inPairs;
    bool isSecond${name} = ${second};
    vec4 ${name} = mix(vec4(0),
      texelFetch(input0, ivec2(column, isIn${name} ? place + at${name} : 0), 0),
      bvec4(isIn${name}, isIn${name}, isSecond${name}, isSecond${name}));`;
}
