/**
 * The side effect on retrieval (METHODS 5): are like-labelled test documents found as well in an arm's space as in the
 * encoder's own? A frozen encoder does not change, so an arm's space is that of its logits, each centred over the test
 * documents; both spaces are compared by cosine. [ours]
 */
import { gemm } from '../../graph/build.ts';
import { result, type Compute, type Executable } from '../../graph/compute.ts';
import { input } from '../../graph/tensor.ts';
import { ndcgOfQueries, type RelevanceTable } from '../../retrieval/label-relevance.ts';
import type { Outcome } from '../outcomes.ts';
import { distribution, type Distribution } from '../statistics/estimates.ts';
import type { Resampling } from '../statistics/resampling.ts';
import type { ResampledSums } from '../statistics/sums.ts';

export class RetrievalBase {
  readonly base: Distribution;
  readonly #table: RelevanceTable;
  readonly #labels: number;
  readonly #similarities: Executable;

  private constructor(base: Distribution, table: RelevanceTable, labels: number, similarities: Executable) {
    this.base = base;
    this.#table = table;
    this.#labels = labels;
    this.#similarities = similarities;
  }

  /** @param vectors of the test documents in the encoder's own space, row-major `[documents, width]` */
  static async make(
    compute: Compute,
    table: RelevanceTable,
    vectors: Float32Array,
    labels: number,
    resampling: Resampling,
    sums: ResampledSums,
  ): Promise<RetrievalBase> {
    const own = await product(compute, table.documents, vectors.length / table.documents);
    const similar = result(await own.run({ vectors: unitRows(vectors, table.documents) }), 'similarities');
    await own.release();
    const queries = [ndcgOfQueries(similar, table)];
    const base = { ...(await meanOverQueries(queries, resampling, sums)), seeds: [] };
    return new RetrievalBase(base, table, labels, await product(compute, table.documents, labels));
  }

  async ofArm(
    outcomes: readonly Outcome[],
    resampling: Resampling,
    sums: ResampledSums,
  ): Promise<Distribution> {
    const queries: Float64Array[] = [];
    for (const { logits } of outcomes) {
      const vectors = unitRows(centred(logits, this.#labels), this.#table.documents);
      const similar = result(await this.#similarities.run({ vectors }), 'similarities');
      queries.push(ndcgOfQueries(similar, this.#table));
    }
    return meanOverQueries(queries, resampling, sums);
  }

  release(): Promise<void> {
    return this.#similarities.release();
  }
}

function product(compute: Compute, documents: number, width: number): Promise<Executable> {
  const vectors = input('vectors', [documents, width]);
  return compute.compile({
    name: 'similarities',
    outputs: { similarities: gemm(vectors, vectors, { transB: true }) },
  });
}

/** The mean of a value per query, over queries that have something to find. */
async function meanOverQueries(
  perSeed: readonly Float64Array[],
  resampling: Resampling,
  sums: ResampledSums,
): Promise<Distribution> {
  const [first = new Float64Array()] = perSeed;
  const seeds = perSeed.length;
  const width = seeds + 1;
  const columns = new Float32Array(first.length * width);
  let answerable = 0;
  const totals = new Float64Array(seeds);
  first.forEach((value, query) => {
    if (Number.isNaN(value)) return;
    answerable++;
    columns[query * width] = 1;
    perSeed.forEach((values, seed) => {
      columns[query * width + 1 + seed] = values[query] ?? 0;
      totals[seed] = (totals[seed] ?? 0) + (values[query] ?? 0);
    });
  });
  const draws = new Float64Array(resampling.resamples);
  await sums.each(resampling, columns, width, (part, from) => {
    for (let r = 0; r < part.length / width; r++) {
      const count = part[r * width] ?? 0;
      let value = 0;
      for (let seed = 0; seed < seeds; seed++) {
        value += (part[r * width + 1 + seed] ?? 0) / seeds;
      }
      draws[from + r] = count === 0 ? 0 : value / count;
    }
  });
  return distribution(
    Array.from(totals, (total) => total / Math.max(1, answerable)),
    draws,
  );
}

function centred(values: Float32Array, width: number): Float32Array {
  const means = new Float64Array(width);
  const rows = values.length / width;
  values.forEach((value, at) => (means[at % width] = (means[at % width] ?? 0) + value / rows));
  return values.map((value, at) => value - (means[at % width] ?? 0));
}

function unitRows(values: Float32Array, rows: number): Float32Array {
  const width = values.length / rows;
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let at = row * width; at < (row + 1) * width; at++) squares += (values[at] ?? 0) ** 2;
    const length = Math.sqrt(squares) || 1;
    for (let at = row * width; at < (row + 1) * width; at++) result[at] = (values[at] ?? 0) / length;
  }
  return result;
}
