// Work that shares a bound, such as memory: each part begins when what it costs is left.

/** Begun in the order in which it comes. What costs more than the whole is done alone. */
export class Budget {
  private spent = 0;
  private readonly waiting: { cost: number; begin: () => void }[] = [];

  constructor(private readonly whole: number) {}

  async run<T>(cost: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((begin) => {
      this.waiting.push({ cost, begin });
      this.beginNext();
    });
    try {
      return await work();
    } finally {
      this.spent -= cost;
      this.beginNext();
    }
  }

  private beginNext(): void {
    for (let [next] = this.waiting; next; [next] = this.waiting) {
      if (this.spent > 0 && this.spent + next.cost > this.whole) return;
      this.waiting.shift();
      this.spent += next.cost;
      next.begin();
    }
  }
}
