/** A memory of the last things used, bounded by their number and by what they weigh together. */

export interface RecentLimits {
  readonly entries: number;
  readonly weight: number;
}

export class Recent<Value> {
  readonly #limits: RecentLimits;
  /** In order of use, the longest unused first. */
  readonly #entries = new Map<string, { readonly value: Value; readonly weight: number }>();
  #weight = 0;

  constructor(limits: RecentLimits) {
    this.#limits = limits;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** What is too heavy by itself is not kept, and costs nothing else its place. */
  set(key: string, value: Value, weight: number): void {
    this.#forget(key);
    if (weight > this.#limits.weight) return;
    this.#entries.set(key, { value, weight });
    this.#weight += weight;
    for (const [oldest] of this.#entries) {
      if (this.#entries.size <= this.#limits.entries && this.#weight <= this.#limits.weight) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#weight -= this.#entries.get(key)?.weight ?? 0;
    this.#entries.delete(key);
  }
}
