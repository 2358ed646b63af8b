// Convolutions as fragment shaders on packed textures, whose texels hold two columns by two channels. A fragment has several
// texels, two places of the image by two or four parts of the channels: then each texel that is fetched counts more than once.
// WebGL writes them into textures of their own; a second draw puts these together.

import { columnsOf, each, lanesOf, named, within, type WindowKind } from './shader-parts.js';

/** What the source depends on, too. */
export interface ConvolutionKind extends WindowKind {
  /** Into how many parts the output's channels are divided; a fragment has a texel of each. */
  readonly parts: 2 | 4;
  /** Whether a window may reach beyond the image. */
  readonly isPadded: boolean;
  readonly isOddChannels: boolean;
}

/** By their order in the values of the draw, after the width of the outputs. */
export const convolutionValues = [
  ...['halfRows', 'lastRow', 'outHeight', 'outPairs', 'columns'],
  ...['inHeight', 'inWidth', 'inPairs', 'inGroups', 'xWidth', 'inChannels', 'top'],
] as const;

const strips = [0, 1] as const;

/** Inputs: x, the kernel, and the bias where there is one; outputs: by place, by group of channels. */
export function convolutionShader(kind: ConvolutionKind): string {
  const [height] = kind.filter;
  const parts = each(kind.parts);
  const sums = strips.flatMap((s) => parts.map((g) => `sum${s}${g}`));
  return `${named(convolutionValues)}
  int column = index % columns;
  int row = index / columns;
${parts.map((g) => `  int column${g} = column + ${g} * columns;`).join('\n')}
${strips
  .map(
    (s) => `  int row${s} = min(row${s === 0 ? '' : ' + halfRows'}, lastRow);
  int pair${s} = row${s} % outPairs;
  int line${s} = row${s} / outPairs;
  int image${s} = line${s} / outHeight * inHeight;
  int top${s} = line${s} % outHeight * ${kind.strides[0]} - top;`,
  )
  .join('\n')}
${strips
  .map((s) =>
    parts
      .map(
        (g) =>
          `  vec4 sum${s}${g} = ${kind.hasBias ? `texelFetch(input2, ivec2(column${g}, 0), 0).rgrg` : 'vec4(0)'};`,
      )
      .join('\n'),
  )
  .join('\n')}
  for (int i = 0; i < ${height}; i++) {
${rowOfWindow(kind)}
  }
${sums.map((sum, i) => `  output${i} = ${within(kind, sum)};`).join('\n')}`;
}

/** One row of the windows: each texel that they lie in is fetched once for all their columns. */
function rowOfWindow(kind: ConvolutionKind): string {
  const offsets = columnsOf(kind);
  const texels = [...new Set(offsets.flat().map((offset) => Math.floor(offset / 2)))];
  const name = (s: number, texel: number) => `x${s}_${texels.indexOf(texel)}`;
  return `${strips
    .map(
      (s) => `    int h${s} = top${s} + i * ${kind.dilations[0]};
    bool in${s} = h${s} >= 0 && h${s} < inHeight;
${texels
  .map((texel) => {
    const id = name(s, texel);
    return `    int p${id} = pair${s} * ${kind.strides[1]} + ${texel};
    bool b${id} = in${s} && p${id} >= 0 && p${id} < inPairs;
    int f${id} = b${id} ? ((image${s} + h${s}) * inPairs + p${id}) * inGroups : 0;
    ivec2 a${id} = ivec2(f${id} % xWidth, f${id} / xWidth);
    bool e${id} = b${id}${kind.isOddWidth ? ` && 2 * p${id} + 1 < inWidth` : ''};
    bvec4 m${id} = bvec4(b${id}, b${id}, e${id}, e${id});`;
  })
  .join('\n')}`,
    )
    .join('\n')}
    int next = i * ${kind.filter[1]} * inGroups;
    for (int c = 0; c < inGroups; c++) {
${kind.isOddChannels ? '      bool more = 2 * c + 1 < inChannels;' : ''}
${strips.flatMap((s) => texels.map((texel) => `      vec4 ${name(s, texel)} = ${fetched(kind, name(s, texel))};`)).join('\n')}
${offsets.map((pair, k) => tap(kind.parts, k, pair, name)).join('\n')}
    }`;
}

function fetched(kind: ConvolutionKind, id: string): string {
  const texel = `texelFetch(input0, a${id} + ivec2(c, 0), 0)`;
  const inside = kind.isPadded || kind.isOddWidth ? `mix(vec4(0), ${texel}, m${id})` : texel;
  return kind.isOddChannels ? `mix(vec4(0), ${inside}, bvec4(true, more, true, more))` : inside;
}

function tap(
  parts: number,
  k: number,
  [first, second]: readonly [number, number],
  name: (strip: number, texel: number) => string,
): string {
  const lane = (s: number, offset: number, channel: 0 | 1) =>
    `${name(s, Math.floor(offset / 2))}.${lanesOf(offset).charAt(channel).repeat(2)}`;
  const both = (s: number, channel: 0 | 1) =>
    `vec4(${lane(s, first, channel)}, ${lane(s, second, channel)})`;
  return `      {
${strips.map((s) => `        vec4 u${s} = ${both(s, 0)}, v${s} = ${both(s, 1)};`).join('\n')}
        vec4 w;
${each(parts)
  .map(
    (g) => `        w = texelFetch(input1, ivec2(column${g}, next + ${k} * inGroups + c), 0);
${strips.map((s) => `        sum${s}${g} += u${s} * w.rgrg + v${s} * w.baba;`).join('\n')}`,
  )
  .join('\n')}
      }`;
}

/** By their order in the values of the draw, after the width of the output. */
export const joinValues = ['halfRows', 'columns', 'partWidth', 'outPairs', 'outWidth'] as const;

/** Inputs: the outputs of a convolution; what lies beyond an odd width becomes 0. */
export function joinShader(parts: number): string {
  const fetched = (first: number) =>
    each(parts)
      .map((g) => `part == ${g} ? texelFetch(input${first + g}, place, 0) : `)
      .join('');
  return `${named(joinValues)}
  int group = index % (${parts} * columns);
  int row = index / (${parts} * columns);
  int part = group / columns;
  bool isBelow = row >= halfRows;
  int source = (isBelow ? row - halfRows : row) * columns + group % columns;
  ivec2 place = ivec2(source % partWidth, source / partWidth);
  vec4 value = isBelow ? (${fetched(parts)}vec4(0)) : (${fetched(0)}vec4(0));
  if (2 * (row % outPairs) + 1 >= outWidth) value.ba = vec2(0);
  output0 = value;`;
}
