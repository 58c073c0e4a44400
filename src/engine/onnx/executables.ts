/** Graphs compiled when they are first needed, and freed together. */
import type { HoldingExecutable } from './compute.ts';

/** @typeParam K what tells the graphs apart */
export class Executables<K> {
  readonly #compile: (key: K) => Promise<HoldingExecutable>;
  readonly #made = new Map<K, Promise<HoldingExecutable>>();

  constructor(compile: (key: K) => Promise<HoldingExecutable>) {
    this.#compile = compile;
  }

  at(key: K): Promise<HoldingExecutable> {
    const known = this.#made.get(key);
    if (known) return known;
    const made = this.#compile(key);
    this.#made.set(key, made);
    // What could not be compiled holds nothing that could be freed.
    made.catch(() => this.#made.delete(key));
    return made;
  }

  async release(): Promise<void> {
    for (const one of this.#made.values()) await (await one).release();
    this.#made.clear();
  }
}
