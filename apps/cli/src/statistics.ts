// The statistics of a list of numbers.

export interface Statistics {
  readonly mean: number;
  readonly deviation: number;
  readonly smallest: number;
  readonly largest: number;
}

/** Of no numbers, all are NaN. */
export function statistics(values: ArrayLike<number | bigint>): Statistics {
  const count = values.length;
  let [sum, smallest, largest] = count > 0 ? [0, Infinity, -Infinity] : [NaN, NaN, NaN];
  for (let i = 0; i < count; i++) {
    const value = Number(values[i]);
    sum += value;
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
  }
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (Number(values[i]) - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / count), smallest, largest };
}

/** `0.00 ± 0.05 [-0.20, 0.19]` */
export function statisticsText({ mean, deviation, smallest, largest }: Statistics): string {
  if (Number.isNaN(smallest)) return 'no numbers, or some that are none';
  const [m, sd, low, high] = [mean, deviation, smallest, largest].map((v) => v.toPrecision(3));
  return `${m} ± ${sd} [${low}, ${high}]`;
}
