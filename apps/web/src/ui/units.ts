// Numbers as people read them.

/** `23 ms`, `1.4 s`. */
export function seconds(value: number): string {
  return value < 1 ? `${(1000 * value).toFixed(0)} ms` : `${value.toFixed(1)} s`;
}

/** `62.0 %` */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
