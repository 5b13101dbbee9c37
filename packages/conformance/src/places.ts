/** Places for what may be under way at once; their number may change at any time. */
export interface Places {
  /** waits for one, does the work, and gives it to the next */
  in<T>(work: () => Promise<T>): Promise<T>;
  /** taken now */
  readonly taken: number;
}

export function createPlaces(most: () => number): Places {
  const waiting: (() => void)[] = [];
  let taken = 0;
  return {
    async in(work) {
      while (taken >= most()) await new Promise<void>((resolve) => waiting.push(resolve));
      taken += 1;
      try {
        return await work();
      } finally {
        taken -= 1;
        for (const wake of waiting.splice(0)) wake();
      }
    },
    get taken() {
      return taken;
    },
  };
}
