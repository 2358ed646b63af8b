// The warp of images of one to four channels as a WebAssembly function: a pixel is one vector, a point of the plane another.

import type { FillMode } from '../fill-mode.js';
import type { WarpSettings } from '../warp-image.js';
import type { Code, Local, Operand, WasmFunction } from './wasm-code.js';
import {
  countUp,
  f32x4,
  f64,
  f64x2,
  i32,
  i32x4,
  select,
  v128,
  wasmFunction,
  when,
} from './wasm-code.js';

/** Floats in a pixel's vector: more channels do not fit. */
export const MOST_CHANNELS = 4;

const two = (value: number) => f64x2.splat(f64.constant(value));

/** Added to a whole number, it leaves that in the lowest bits. */
const WHOLE = 2 ** 52;

/**
 * `warp(from, to, width, height, pixelBytes, a, b, c, d, e, f, cval)`, with the arithmetic of `warpImage` to the bit. It reads
 * and writes up to 12 bytes beyond the last pixel. Both sides are at least 2 pixels long.
 */
export function warpFunction(
  fillMode: FillMode,
  interpolationOrder: WarpSettings['interpolationOrder'],
): WasmFunction {
  const [integer, number] = ['i32', 'f64'] as const;
  const parameters = {
    ...{ from: integer, to: integer, width: integer, height: integer, pixelBytes: integer },
    ...{ a: number, b: number, c: number, d: number, e: number, f: number },
    cval: 'f32',
  } as const;
  return wasmFunction('warp', parameters, (given, local) => {
    const { from, to, width, height, pixelBytes, a, b, c, d, e, f, cval } = given;
    const vector = () => local('v128');
    const [row, column, rowBytes] = [local('i32'), local('i32'), local('i32')];
    const [above, below] = [local('i32'), local('i32')];
    // What is the same for all pixels stays in registers: the compiler moves nothing out of a loop.
    const [zero, one, size, last, step] = [vector(), vector(), vector(), vector(), vector()];
    const [bytes, address, mostLeft, place] = [vector(), vector(), vector(), vector()];
    const [start, index, point, clamped, corner, value] = [
      ...[vector(), vector(), vector()],
      ...[vector(), vector(), vector()],
    ] as Six<Local>;
    const mix = mixFour(vector, { point: clamped, corner, above, below, pixelBytes });
    const clamp = clamped.set(f64x2.pmin(last, f64x2.pmax(zero, point)));
    const isOutside = v128.hasAny(f64x2.differ(clamped, point));
    const bringIn = fold(fillMode, point, size, last);
    return [
      ...rowBytes.set(i32.mul(width, pixelBytes)),
      ...zero.set(two(0)),
      ...one.set(two(1)),
      ...size.set(f64x2.pair(f64.fromI32(width), f64.fromI32(height))),
      ...last.set(f64x2.sub(size, one)),
      ...mostLeft.set(f64x2.sub(last, one)),
      ...step.set(f64x2.pair(a, d)),
      ...bytes.set(f64x2.pair(f64.fromI32(pixelBytes), f64.fromI32(rowBytes))),
      ...address.set(f64x2.splat(f64.add(f64.constant(WHOLE), f64.fromI32(from)))),
      ...mix.prepare,
      ...countUp(row, height, 1, [
        ...start.set(
          f64x2.pair(
            f64.add(f64.mul(b, f64.fromI32(row)), c),
            f64.add(f64.mul(e, f64.fromI32(row)), f),
          ),
        ),
        ...index.set(zero),
        ...countUp(column, width, 1, [
          ...point.set(f64x2.add(start, f64x2.mul(step, index))),
          ...index.set(f64x2.add(index, one)),
          ...clamp,
          ...(bringIn ? when(isOutside, [...bringIn, ...clamp]) : []),
          ...corner.set(
            interpolationOrder === 0
              ? f64x2.floor(f64x2.add(clamped, two(0.5)))
              : f64x2.pmin(mostLeft, f64x2.floor(clamped)),
          ),
          ...place.set(f64x2.mul(corner, bytes)),
          ...above.set(i32x4.lane(0, f64x2.add(address, f64x2.sumOfLanes(place)))),
          ...below.set(i32.add(above, rowBytes)),
          ...value.set(interpolationOrder === 0 ? v128.load(above) : mix.value),
          ...(fillMode === 'constant'
            ? value.set(select(f32x4.splat(cval), value, isOutside))
            : []),
          // The lanes beyond the channels fall to the next pixel, which is written next.
          ...v128.store(to, value),
          ...to.set(i32.add(to, pixelBytes)),
        ]),
      ]),
    ];
  });
}

/** Brings a point outside back between the first pixel and the last, or nearly so; see `folds`. */
function fold(fillMode: FillMode, point: Local, size: Local, last: Local): Code | undefined {
  switch (fillMode) {
    case 'nearest':
    case 'constant':
      return undefined;
    case 'reflect': {
      const period = f64x2.mul(size, two(2));
      const copies = f64x2.floor(f64x2.div(point, period));
      const mirrored = f64x2.sub(f64x2.sub(period, two(1)), point);
      const isMirrored = f64x2.atLeast(point, f64x2.sub(size, two(0.5)));
      return [
        ...point.set(f64x2.sub(point, f64x2.mul(copies, period))),
        ...point.set(v128.choose(mirrored, point, isMirrored)),
      ];
    }
    case 'wrap': {
      const copies = (x: Operand) => f64x2.trunc(f64x2.div(x, last));
      const before = f64x2.add(point, f64x2.mul(last, f64x2.add(copies(f64x2.neg(point)), two(1))));
      const behind = f64x2.sub(point, f64x2.mul(last, copies(point)));
      const inside = v128.choose(behind, point, f64x2.above(point, last));
      return point.set(v128.choose(before, inside, f64x2.below(point, two(0))));
    }
  }
}

type Six<T> = [T, T, T, T, T, T];

/** The value between four pixels, and what it needs before. */
function mixFour(
  vector: () => Local,
  at: Readonly<Record<'point' | 'corner' | 'above' | 'below' | 'pixelBytes', Local>>,
): { readonly prepare: Code; readonly value: Code } {
  const { add, mul, sub } = f32x4;
  const [one, offset, across, down, both, w01] = [
    ...[vector(), vector(), vector()],
    ...[vector(), vector(), vector()],
  ] as Six<Local>;
  const right = (address: Local) => v128.load(i32.add(address, at.pixelBytes));
  const w00 = sub(sub(one, across), w01);
  const w10 = sub(across, both);
  const upper = add(mul(w00, v128.load(at.above)), mul(w10, right(at.above)));
  return {
    prepare: one.set(f32x4.constant(1)),
    value: [
      ...offset.set(f64x2.toF32x4(f64x2.sub(at.point, at.corner))),
      ...across.set(f32x4.spread(0, offset)),
      ...down.set(f32x4.spread(1, offset)),
      ...both.set(mul(across, down)),
      ...w01.set(sub(down, both)),
      ...add(add(upper, mul(w01, v128.load(at.below))), mul(both, right(at.below))),
    ],
  };
}
