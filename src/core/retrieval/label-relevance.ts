/**
 * Retrieval of like-labelled documents (METHODS 5): every document asks for the others, and what is found counts by the
 * labels it shares, their Jaccard overlap.
 */

/** nDCG looks at so many documents. */
export const DEPTH = 10;

export type Gain = 'linear' | 'exponential';

const gainOf = (relevance: number, gain: Gain): number =>
  gain === 'linear' ? relevance : 2 ** relevance - 1;

/** Shared labels over labels of either; 0 where neither has one. */
export function labelOverlap(a: readonly number[], b: readonly number[]): number {
  const mine = new Set(a);
  let shared = 0;
  for (const label of b) if (mine.has(label)) shared++;
  const either = mine.size + b.length - shared;
  return either === 0 ? 0 : shared / either;
}

/** Gains of every document for every query, and the best that a list of {@link DEPTH} can have. */
export interface RelevanceTable {
  readonly documents: number;
  /** Row-major `[query, document]`; a query does not ask for itself. */
  readonly gains: Float32Array;
  /** Of the ideal list; 0 where no document is relevant. */
  readonly ideal: Float64Array;
  /** Position of each document in the order of ids: ties are broken by it. */
  readonly order: Int32Array;
}

export function relevanceTable(
  labels: readonly (readonly number[])[],
  ids: readonly string[],
  gain: Gain,
): RelevanceTable {
  const documents = labels.length;
  const gains = new Float32Array(documents * documents);
  const ideal = new Float64Array(documents);
  for (let query = 0; query < documents; query++) {
    for (let other = 0; other < documents; other++) {
      if (other === query) continue;
      gains[query * documents + other] = gainOf(labelOverlap(labels[query] ?? [], labels[other] ?? []), gain);
    }
    const best = gains
      .slice(query * documents, (query + 1) * documents)
      .sort()
      .reverse();
    ideal[query] = discounted(best);
  }
  const order = new Int32Array(documents);
  [...ids.keys()]
    .sort((a, b) => compareIds(ids[a] ?? '', ids[b] ?? ''))
    .forEach((document, place) => (order[document] = place));
  return { documents, gains, ideal, order };
}

const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Σ gain / log₂(rank + 1) over the first {@link DEPTH}. */
function discounted(gains: ArrayLike<number>): number {
  let total = 0;
  for (let rank = 0; rank < Math.min(DEPTH, gains.length); rank++)
    total += (gains[rank] ?? 0) / Math.log2(rank + 2);
  return total;
}

/**
 * nDCG@10 of every query; NaN where no other document is relevant.
 * @param similarities row-major `[query, document]`
 */
export function ndcgOfQueries(similarities: Float32Array, table: RelevanceTable): Float64Array {
  const { documents, gains, ideal, order } = table;
  return Float64Array.from({ length: documents }, (_, query) => {
    const best = ideal[query] ?? 0;
    if (best === 0) return Number.NaN;
    const from = query * documents;
    const found = firstOf(similarities.subarray(from, from + documents), query, order);
    return discounted(found.map((document) => gains[from + document] ?? 0)) / best;
  });
}

/** The most similar documents, the query left out; of equal ones, the one whose id comes first. */
function firstOf(similarities: Float32Array, query: number, order: Int32Array): readonly number[] {
  const first: number[] = [];
  const before = (a: number, b: number): boolean => {
    const [x, y] = [similarities[a] ?? 0, similarities[b] ?? 0];
    return x > y || (x === y && (order[a] ?? 0) < (order[b] ?? 0));
  };
  for (let document = 0; document < similarities.length; document++) {
    if (document === query) continue;
    const last = first[first.length - 1];
    if (first.length === DEPTH && last !== undefined && !before(document, last)) continue;
    let at = first.length;
    while (at > 0 && before(document, first[at - 1] ?? 0)) at--;
    first.splice(at, 0, document);
    if (first.length > DEPTH) first.pop();
  }
  return first;
}
