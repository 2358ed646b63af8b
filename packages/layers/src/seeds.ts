// Seeds for the numbers that a layer draws.

/** One seed after another, so that a layer with a seed draws other numbers in each call, and the same ones in each run. */
export class Seeds {
  private drawn = 0;

  /** @param seed null for numbers that nobody foretells */
  constructor(readonly seed: number | null) {}

  next(): number | undefined {
    return this.seed === null ? undefined : this.seed + this.drawn++;
  }
}
