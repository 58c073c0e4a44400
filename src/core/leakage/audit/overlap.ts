/** The keyword-overlap audit (METHODS 1 and 4): how often a label's words stand in documents that have it, or not. */
import {
  bootstrapSteps,
  type BootstrapOptions,
  type BootstrapStep,
  type Interval,
} from '../../metrics/bootstrap.ts';
import { checkLabels, checkSameShape, type LabelMatrix } from '../../metrics/matrix.ts';
import type { RowWeights } from '../../metrics/row-weights.ts';

/** Documents × labels: which labels each document has, and which labels' words its text contains. */
export interface WordedDocuments {
  readonly has: LabelMatrix;
  /** A name or alias stands in the text; and a name, alias or keyword does. */
  readonly names: LabelMatrix;
  readonly contains: LabelMatrix;
  /** Families, for the intervals. Default: each document its own. */
  readonly groups?: readonly string[];
}

/** Shares in [0, 1]; null where there is no such document. */
export interface LabelOverlap {
  readonly having: number;
  readonly notHaving: number;
  /** Share of the documents with the label, and of those without it, that contain its words. */
  readonly shareHaving: number | null;
  readonly shareNotHaving: number | null;
}

export interface OverlapShares {
  /** In label order. */
  readonly perLabel: readonly LabelOverlap[];
  /** Share of all (document, label it has) that contain the label's words; null without any label. */
  readonly overall: Interval | null;
}

/** A name tells the label outright; a keyword describes the invention too. So they are counted apart. */
export interface Overlap {
  readonly documents: number;
  /** By names and aliases. */
  readonly names: OverlapShares;
  /** By names, aliases and keywords. */
  readonly words: OverlapShares;
}

/**
 * Yields while it works; see {@link bootstrapSteps}.
 * @throws RangeError when the shapes differ or hold anything but 0 and 1.
 */
export function* overlapSteps(
  documents: WordedDocuments,
  options: BootstrapOptions = {},
): Generator<BootstrapStep, Overlap> {
  const { has, names, contains, groups } = documents;
  const drawing = { ...options, ...(groups ? { groups } : {}) };
  return {
    documents: has.rows,
    names: yield* shares(has, names, drawing),
    words: yield* shares(has, contains, drawing),
  };
}

function* shares(
  has: LabelMatrix,
  contains: LabelMatrix,
  options: BootstrapOptions,
): Generator<BootstrapStep, OverlapShares> {
  checkSameShape(has, contains);
  checkLabels(has);
  checkLabels(contains);
  const having = new Float64Array(has.rows);
  const worded = new Float64Array(has.rows);
  const counts = Array.from({ length: has.columns }, () => ({ having: 0, worded: 0, others: 0 }));
  has.data.forEach((isAssigned, cell) => {
    const [row, count] = [Math.floor(cell / has.columns), counts[cell % has.columns]];
    const stands = contains.data[cell] ?? 0;
    if (count === undefined) return;
    if (isAssigned === 0) {
      count.others += stands;
      return;
    }
    count.having++;
    count.worded += stands;
    having[row] = (having[row] ?? 0) + 1;
    worded[row] = (worded[row] ?? 0) + stands;
  });
  const share = (weights: RowWeights): number => ratio(dot(worded, weights), dot(having, weights)) ?? 0;
  const any = having.some((count) => count > 0);
  const overall = any
    ? yield* bootstrapSteps(has.rows, (weights) => ({ share: share(weights) }), options)
    : null;
  return {
    perLabel: counts.map((count) => ({
      having: count.having,
      notHaving: has.rows - count.having,
      shareHaving: ratio(count.worded, count.having),
      shareNotHaving: ratio(count.others, has.rows - count.having),
    })),
    overall: overall && overall.share,
  };
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

function dot(values: Float64Array, weights: RowWeights): number {
  let sum = 0;
  values.forEach((value, row) => (sum += value * (weights[row] ?? 0)));
  return sum;
}
