// What the shaders of convolutions share: their windows, bounds of results, and names of values.

/** What the source depends on. */
export interface WindowKind {
  readonly filter: readonly [height: number, width: number];
  readonly strides: readonly [height: number, width: number];
  readonly dilations: readonly [height: number, width: number];
  /** Columns of padding before the first. */
  readonly left: number;
  readonly isOddWidth: boolean;
  readonly hasBias: boolean;
  readonly min?: number;
  readonly max?: number;
}

/** By column of the window, the columns of the image for both columns of an output's texel, from that texel's first one. */
export function columnsOf({ filter, strides, dilations, left }: WindowKind): [number, number][] {
  return Array.from({ length: filter[1] }, (_, k) => {
    const first = k * dilations[1] - left;
    return [first, first + strides[1]];
  });
}

/** The two values that a texel has of a column, counted from the first of some texel. */
export function lanesOf(column: number): 'rg' | 'ba' {
  return column % 2 === 0 ? 'rg' : 'ba';
}

/** NaN is within no bounds, and stays. */
export function within({ min, max }: WindowKind, sum: string): string {
  const kept = (value: string, bound: number | undefined, test: string) => {
    if (bound === undefined) return value;
    const edge = `vec4(${bound.toExponential()})`;
    return `mix(${value}, ${edge}, ${test}(${sum}, ${edge}))`;
  };
  return kept(kept(sum, min, 'lessThan'), max, 'greaterThan');
}

export function each(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** Declares values of the draw by their names, after the width of the outputs. */
export function named(names: readonly string[]): string {
  return names.map((name, i) => `  int ${name} = values[${i + 1}];`).join('\n');
}
