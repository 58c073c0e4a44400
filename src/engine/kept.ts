/** What is made when it is first needed, and freed together, such as the compiled graphs of a training. */

/** @typeParam K what tells them apart */
export class Kept<K, T extends { release(): Promise<void> }> {
  readonly #make: (key: K) => Promise<T>;
  readonly #made = new Map<K, Promise<T>>();

  constructor(make: (key: K) => Promise<T>) {
    this.#make = make;
  }

  at(key: K): Promise<T> {
    const known = this.#made.get(key);
    if (known) return known;
    const made = this.#make(key);
    this.#made.set(key, made);
    // What could not be made holds nothing that could be freed.
    made.catch(() => this.#made.delete(key));
    return made;
  }

  async release(): Promise<void> {
    for (const one of this.#made.values()) await (await one).release();
    this.#made.clear();
  }
}
