/** How far a candidate's embeddings lie from the reference's, document by document. */
import { binsOver } from '../metrics/histogram.ts';

/** Bins of the chart. [ours] */
const BINS = 30;

export interface CosineFigures {
  /** Of the finite embeddings; null where there is none. */
  readonly worst: number | null;
  readonly mean: number | null;
  /** Of 1 − cosine, which tells 0.999 from 0.999999. */
  readonly distances: { readonly edges: readonly number[]; readonly counts: readonly number[] } | null;
  /** The documents that lie farthest apart, the worst first. */
  readonly farthest: readonly { readonly row: number; readonly cosine: number }[];
}

/** Documents that are named. [ours] */
const NAMED = 10;

/**
 * Cosine of each row of two matrices `[documents, dimension]`, summed in double precision. NaN where a row holds a
 * number that is not finite. A row of zeros points nowhere: beside any other row its cosine counts as 0.
 */
export function rowCosines(one: Float32Array, other: Float32Array, dimension: number): Float64Array {
  return Float64Array.from({ length: one.length / dimension }, (_, row) => {
    let [dot, squares, others] = [0, 0, 0];
    for (let at = row * dimension; at < (row + 1) * dimension; at++) {
      const [a, b] = [one[at] ?? Number.NaN, other[at] ?? Number.NaN];
      dot += a * b;
      squares += a * a;
      others += b * b;
    }
    if (squares === 0 || others === 0) return squares === others ? 1 : finiteOr(squares + others, 0);
    const cosine = dot / Math.sqrt(squares * others);
    return Number.isFinite(cosine) ? Math.max(-1, Math.min(1, cosine)) : Number.NaN;
  });
}

const finiteOr = (tested: number, value: number): number => (Number.isFinite(tested) ? value : Number.NaN);

export function cosineFigures(cosines: Float64Array): CosineFigures {
  const finite = [...cosines.entries()]
    .filter(([, cosine]) => !Number.isNaN(cosine))
    .map(([row, cosine]) => ({ row, cosine }))
    .sort((a, b) => a.cosine - b.cosine || a.row - b.row);
  const distances = finite.map(({ cosine }) => 1 - cosine);
  const bins = binsOver(distances, BINS);
  return {
    worst: finite[0]?.cosine ?? null,
    mean: finite.length === 0 ? null : finite.reduce((sum, { cosine }) => sum + cosine, 0) / finite.length,
    distances: bins ? { edges: bins.edges, counts: bins.count(distances) } : null,
    farthest: finite.slice(0, NAMED),
  };
}
