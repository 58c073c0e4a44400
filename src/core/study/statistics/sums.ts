/**
 * Sums over resampled documents as matrix products: resamples × documents times documents × columns. Whole numbers below
 * 2²⁴ come out exact in single precision.
 */
import { gemm } from '../../graph/build.ts';
import { result, type Compute, type Executable } from '../../graph/compute.ts';
import { input } from '../../graph/tensor.ts';
import type { Resampling } from './resampling.ts';

/** Resamples of one product. */
const CHUNK = 500;

export class ResampledSums {
  readonly #compute: Compute;
  readonly #graphs = new Map<string, Executable>();

  constructor(compute: Compute) {
    this.#compute = compute;
  }

  /**
   * @param columns row-major `[rows, count]`
   * @param visit gets the sums of some resamples, row-major `[resamples, count]`, and the number of the first one
   */
  async each(
    resampling: Resampling,
    columns: Float32Array,
    count: number,
    visit: (sums: Float32Array, first: number) => void | Promise<void>,
  ): Promise<void> {
    const { resamples, rows, documents } = resampling;
    for (let first = 0; first < resamples; first += CHUNK) {
      const size = Math.min(CHUNK, resamples - first);
      const graph = await this.#graph(size, rows, count);
      const weights = documents.subarray(first * rows, (first + size) * rows);
      await visit(result(await graph.run({ weights, columns }), 'sums'), first);
    }
  }

  async release(): Promise<void> {
    for (const graph of this.#graphs.values()) await graph.release();
    this.#graphs.clear();
  }

  async #graph(size: number, rows: number, count: number): Promise<Executable> {
    const key = `${size} ${rows} ${count}`;
    const known = this.#graphs.get(key);
    if (known) return known;
    const made = await this.#compute.compile({
      name: 'resampled-sums',
      outputs: { sums: gemm(input('weights', [size, rows]), input('columns', [rows, count])) },
    });
    this.#graphs.set(key, made);
    return made;
  }
}
