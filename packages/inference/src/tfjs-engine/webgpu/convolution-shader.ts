// Convolutions as compute shaders: an invocation sums up four channels of several pixels, all in its registers. What it reads is
// read by its neighbours as well, which caches serve; memory of the workgroup would need barriers, and gain nothing on mobile GPUs.

import { WORKGROUP } from './webgpu-backend.js';

/** Places of the output that one invocation has. */
export const PIXELS = 4;

/** What the source depends on. */
export interface ShaderKind {
  /** Of one filter for each channel. */
  readonly isDepthwise: boolean;
  /** Four channels are read at once; else one. */
  readonly isWide: boolean;
  /** Pixels are multiplied as they lie: no window, no padding. */
  readonly isOfPoints: boolean;
  readonly hasBias: boolean;
  /** Whether results are kept above the uniform `least`, below `most`. */
  readonly hasLeast: boolean;
  readonly hasMost: boolean;
  /** Of four channels each, that one invocation has of each of its pixels; 1 where it is depthwise. */
  readonly vectors: number;
}

/** By their order in the uniforms. */
export const integerNames = [
  ...['places', 'outHeight', 'outWidth', 'outVectors', 'inHeight', 'inWidth', 'inVectors'],
  ...['filterHeight', 'filterWidth', 'strideHeight', 'strideWidth'],
  ...['dilationHeight', 'dilationWidth', 'top', 'left'],
] as const;

export function convolutionShader(kind: ShaderKind): string {
  const { hasBias, isWide, vectors } = kind;
  const all = each(PIXELS).flatMap((p) => each(vectors).map((v) => [p, v] as const));
  const buffers = [
    `read> x: array<${isWide ? 'vec4<f32>' : 'f32'}>`,
    'read> kernel: array<vec4<f32>>',
    ...(hasBias ? ['read> bias: array<vec4<f32>>'] : []),
    'read_write> y: array<vec4<f32>>',
  ];
  return `struct Uniforms { ${integerNames.map((name) => `${name}: i32, `).join('')}least: f32, most: f32 };
${buffers.map((text, i) => `@group(0) @binding(${i}) var<storage, ${text};`).join('\n')}
@group(0) @binding(${buffers.length}) var<uniform> u: Uniforms;
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let index = i32(id.y * groups.x * ${WORKGROUP}u + id.x);
  let tiles = u.outVectors / ${vectors};
  let channel = index % tiles * ${vectors};
  let first = index / tiles * ${PIXELS};
  if (first >= u.places) { return; }
${each(PIXELS)
  .map((p) => `  let place${p} = min(first + ${p}, u.places - 1);`)
  .join('\n')}
${all.map(([p, v]) => `  var sum${p}_${v} = ${hasBias ? `bias[channel + ${v}]` : 'vec4<f32>()'};`).join('\n')}
${kind.isOfPoints ? points(kind) : windows(kind)}
${all.map(([p, v]) => `  ${p === 0 ? '' : `if (first + ${p} < u.places) `}{ y[place${p} * u.outVectors + channel + ${v}] = ${within(kind, `sum${p}_${v}`)}; }`).join('\n')}
}`;
}

/** NaN is within no bounds, and stays. */
function within({ hasLeast, hasMost }: ShaderKind, sum: string): string {
  const above = hasLeast ? `select(${sum}, vec4(u.least), ${sum} < vec4(u.least))` : sum;
  return hasMost ? `select(${above}, vec4(u.most), ${sum} > vec4(u.most))` : above;
}

function points(kind: ShaderKind): string {
  return `${each(PIXELS)
    .map((p) => `  let at${p} = place${p} * u.inVectors;`)
    .join('\n')}
${sums(kind, '0', (p) => `x[at${p} + c]`)}`;
}

function windows(kind: ShaderKind): string {
  const { isDepthwise } = kind;
  return `${each(PIXELS)
    .map(
      (p) => `  let column${p} = place${p} % u.outWidth * u.strideWidth - u.left;
  let line${p} = place${p} / u.outWidth;
  let row${p} = line${p} % u.outHeight * u.strideHeight - u.top;
  let image${p} = line${p} / u.outHeight * u.inHeight;`,
    )
    .join('\n')}
  for (var i = 0; i < u.filterHeight; i++) {
    for (var k = 0; k < u.filterWidth; k++) {
      let tap = i * u.filterWidth + k;
${each(PIXELS)
  .map(
    (p) => `      let h${p} = row${p} + i * u.dilationHeight;
      let w${p} = column${p} + k * u.dilationWidth;
      let inside${p} = h${p} >= 0 && h${p} < u.inHeight && w${p} >= 0 && w${p} < u.inWidth;
      let at${p} = select(0, ((image${p} + h${p}) * u.inWidth + w${p}) * u.inVectors, inside${p});`,
  )
  .join('\n')}
${isDepthwise ? products() : sums(kind, 'tap', (p) => `select(${kind.isWide ? 'vec4<f32>()' : '0.0'}, x[at${p} + c], inside${p})`)}
    }
  }`;
}

/** Of all channels of the input at one place of the window. */
function sums(
  { vectors, isWide }: ShaderKind,
  tap: string,
  read: (pixel: number) => string,
): string {
  const lanes = isWide ? 4 : 1;
  return `  for (var c = 0; c < u.inVectors; c++) {
${each(PIXELS)
  .map((p) => `    let x${p} = ${read(p)};`)
  .join('\n')}
    var next = (${tap} * u.inVectors + c) * ${lanes} * u.outVectors + channel;
${each(lanes)
  .map(
    (lane) => `${each(vectors)
      .map((v) => `    let w${lane}_${v} = kernel[next + ${v}];`)
      .join('\n')}
    next += u.outVectors;
${each(PIXELS)
  .flatMap((p) =>
    each(vectors).map(
      (v) =>
        `    sum${p}_${v} = fma(vec4<f32>(x${p}${isWide ? `[${lane}]` : ''}), w${lane}_${v}, sum${p}_${v});`,
    ),
  )
  .join('\n')}`,
  )
  .join('\n')}
  }`;
}

function products(): string {
  return `      let w = kernel[tap * u.outVectors + channel];
${each(PIXELS)
  .map(
    (p) =>
      `      sum${p}_0 = fma(select(vec4<f32>(), x[at${p} + channel], inside${p}), w, sum${p}_0);`,
  )
  .join('\n')}`;
}

function each(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
