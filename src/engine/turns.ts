/** Work on one thing, one after the other: what was cancelled still ends, and saves what it has done. */

export class Turns {
  /** Ends when all that was begun has ended. */
  readonly #begun = new Map<string, Promise<unknown>>();

  /** Begins when everything before it has ended, however it did. */
  take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#begun.get(key) ?? Promise.resolve();
    return this.#begin(key, before, before.then(work));
  }

  /** Begins at once; what takes its turn afterwards waits for it. */
  beside<T>(key: string, work: () => Promise<T>): Promise<T> {
    return this.#begin(key, this.#begun.get(key), work());
  }

  #begin<T>(key: string, before: Promise<unknown> | undefined, mine: Promise<T>): Promise<T> {
    const all = Promise.allSettled([before, mine]);
    this.#begun.set(key, all);
    void all.then(() => {
      if (this.#begun.get(key) === all) this.#begun.delete(key);
    });
    return mine;
  }
}
