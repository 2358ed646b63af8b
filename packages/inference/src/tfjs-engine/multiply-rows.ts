// The product of a matrix with packed filters: sixteen sums at a time stay in registers.

interface Product {
  /** By {@link packFilters}. */
  readonly packed: Float32Array;
  /** What each filter's sum starts from. */
  readonly start: Float32Array;
  /** [rows, filters] */
  readonly out: Float32Array;
  /** Results are kept within these. */
  readonly min?: number;
  readonly max?: number;
}

/** Filters in groups of four, each of which lies together: [filters / 4, length, 4], with zeros for those that are missing. */
export function packFilters(kernel: Float32Array, filters: number): Float32Array {
  const length = kernel.length / filters;
  const packed = new Float32Array(Math.ceil(filters / 4) * length * 4);
  for (let i = 0; i < length; i++) {
    for (let f = 0; f < filters; f++) {
      packed[((f >> 2) * length + i) * 4 + (f & 3)] = kernel[i * filters + f] as number;
    }
  }
  return packed;
}

/**
 * Multiplies `count` rows of `a` with the filters, into the rows of `out` from `first` on.
 *
 * @param a [at least count, length]
 */
export function multiplyRows(
  a: Float32Array,
  count: number,
  first: number,
  { packed, start, out, min = -Infinity, max = Infinity }: Product,
): void {
  const filters = start.length;
  const groups = Math.ceil(filters / 4);
  const length = packed.length / groups / 4;
  const sums = new Float64Array(16);
  for (let row = 0; row < count; row += 4) {
    const rows = Math.min(4, count - row);
    for (let group = 0; group < groups; group++) {
      multiplyFour(a, row * length, rows, length, packed, group * length * 4, sums);
      const columns = Math.min(4, filters - group * 4);
      for (let r = 0; r < rows; r++) {
        const to = (first + row + r) * filters + group * 4;
        for (let f = 0; f < columns; f++) {
          const sum = (sums[r * 4 + f] as number) + (start[group * 4 + f] as number);
          // NaN is within no bounds, and stays.
          out[to + f] = sum < min ? min : sum > max ? max : sum;
        }
      }
    }
  }
}

/** Four rows times four filters; a row that is missing is the first once more. */
function multiplyFour(
  a: Float32Array,
  at: number,
  rows: number,
  length: number,
  packed: Float32Array,
  from: number,
  sums: Float64Array,
): void {
  const second = rows > 1 ? at + length : at;
  const third = rows > 2 ? second + length : at;
  const fourth = rows > 3 ? third + length : at;
  let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [s8, s9, s10, s11, s12, s13, s14, s15] = [0, 0, 0, 0, 0, 0, 0, 0];
  let p = from;
  for (let i = 0; i < length; i++) {
    const w0 = packed[p] as number;
    const w1 = packed[p + 1] as number;
    const w2 = packed[p + 2] as number;
    const w3 = packed[p + 3] as number;
    p += 4;
    const x0 = a[at + i] as number;
    s0 += x0 * w0;
    s1 += x0 * w1;
    s2 += x0 * w2;
    s3 += x0 * w3;
    const x1 = a[second + i] as number;
    s4 += x1 * w0;
    s5 += x1 * w1;
    s6 += x1 * w2;
    s7 += x1 * w3;
    const x2 = a[third + i] as number;
    s8 += x2 * w0;
    s9 += x2 * w1;
    s10 += x2 * w2;
    s11 += x2 * w3;
    const x3 = a[fourth + i] as number;
    s12 += x3 * w0;
    s13 += x3 * w1;
    s14 += x3 * w2;
    s15 += x3 * w3;
  }
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
  sums[4] = s4;
  sums[5] = s5;
  sums[6] = s6;
  sums[7] = s7;
  sums[8] = s8;
  sums[9] = s9;
  sums[10] = s10;
  sums[11] = s11;
  sums[12] = s12;
  sums[13] = s13;
  sums[14] = s14;
  sums[15] = s15;
}
