// What is done to all values of an image alike: sums, products and quotients, each rounded to float32.

export type ValueStep =
  | readonly [operation: 'add' | 'multiply' | 'divide', by: number]
  /** What is no number becomes the least. */
  | readonly [operation: 'clamp', least: number, greatest: number]
  /** Towards zero. */
  | readonly [operation: 'truncate'];
