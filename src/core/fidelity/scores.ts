/**
 * What a comparison of real and synthetic documents says (METHODS 3): every score with the yardstick it is read by.
 * No score is good or bad by itself, so none of them comes alone: it has an interval, a null, or the same figure for
 * real against real.
 */
import type { Interval } from '../metrics/bootstrap.ts';

/** A score, or the reason why there are too few documents to say. */
export type Measured<T> =
  ({ readonly kind: 'measured' } & T) | { readonly kind: 'too-few'; readonly reason: string };

/** What a figure comes to between two halves of the real documents: the range without any difference. */
export interface Baseline {
  /** Over all splits. */
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly splits: number;
  /** Documents in each half; the figure beside it was measured at the same size where `sameSize` says so. */
  readonly size: number;
  readonly sameSize: boolean;
}

export interface Counts {
  /** As given, copies and empty texts included. */
  readonly real: number;
  readonly synthetic: number;
  /** Different texts; all scores are on these. */
  readonly uniqueReal: number;
  readonly uniqueSynthetic: number;
}

export interface Mmd {
  /** Unbiased, so that it may be below 0. */
  readonly value: number;
  /** Share of permutations (itself included) with a value as high. */
  readonly p: number;
  readonly permutations: number;
  /** The 95th percentile of the permutations: what no difference reaches one time in twenty. */
  readonly null95: number;
  /** Median distance of the real documents, which sets the kernel widths. */
  readonly medianDistance: number;
  /** Documents the median was taken over, where it was not all of them. */
  readonly medianSample?: number;
}

export interface Frechet {
  readonly value: number;
  readonly baseline: Baseline | null;
  /** The same distance at the baseline's size, where the value itself was measured at another one. */
  readonly atBaselineSize?: number;
  readonly dimensions: number;
  /** Fewer documents than dimensions: the covariance is singular and the distance biased upward. */
  readonly singular: boolean;
}

export interface PrdcFigures {
  readonly precision: number;
  readonly recall: number;
  readonly density: number;
  readonly coverage: number;
}

export interface Prdc extends PrdcFigures {
  readonly k: number;
  readonly baseline: Readonly<Record<keyof PrdcFigures, Baseline>> | null;
  /** The same figures at the baseline's size, where these were measured at another one: all four depend on it. */
  readonly atBaselineSize?: PrdcFigures;
}

export interface DiversityFigures {
  /** Different words and word pairs as a share of all. */
  readonly distinct1: number;
  readonly distinct2: number;
  /** Mean BLEU-4 of a document against the others; 1 where all say the same. */
  readonly selfBleu4: number;
  /** Documents self-BLEU was taken over. */
  readonly selfBleuSample: number;
  /** Effective number of different documents, 1 to n. */
  readonly vendi: number;
  readonly meanCosine: number;
}

export interface Diversity extends DiversityFigures {
  /** The same figures for `size` real documents, which these are read by: the mean of several draws. */
  readonly real: DiversityFigures;
  /** The smaller of both numbers of documents: the figures depend on how many there are. */
  readonly size: number;
  /** The figures of as many synthetic documents, where there are more of them. */
  readonly atRealSize?: DiversityFigures;
}

export interface ClaimForm {
  /** Documents that state claims. */
  readonly documents: number;
  readonly claims: number;
  /** Share of documents whose claims are numbered 1, 2, 3 … without a gap. */
  readonly numbered: number;
  /** Share of claims that are one sentence. */
  readonly oneSentence: number;
  /** Share of claims that refer to another claim. */
  readonly dependent: number;
}

export interface LexicalSide {
  /** Words a document: least, quartiles, most. */
  readonly lengths: readonly [number, number, number, number, number];
  readonly claimForm: ClaimForm | null;
  /** Share of 4-word runs that stand in many of the real documents: what patents say whatever they are about. */
  readonly boilerplate: number;
}

export interface Lexical {
  /** Jensen–Shannon divergence of the word frequencies in bits, 0 to 1. */
  readonly jsd: number;
  readonly baseline: Baseline | null;
  /** The divergence at the baseline's size, where it was measured at another one. */
  readonly atBaselineSize?: number;
  readonly real: LexicalSide;
  readonly synthetic: LexicalSide;
}

export interface CopiedDocument {
  /** Of the synthetic document. */
  readonly id: string;
  /** Of the real document it shares its longest run of words with. */
  readonly from: string;
  readonly words: number;
}

export interface Copying {
  /** Synthetic documents with a run of at least {@link words} words of a real one, the longest first. */
  readonly documents: readonly CopiedDocument[];
  readonly words: number;
  /** Mean share of a document's 8-word runs that stand in any real document. */
  readonly overlap: Interval;
  /** The same against the documents it was made from, over the documents that name theirs. */
  readonly parentOverlap: Interval | null;
  /** The same for a real document against the other real ones. */
  readonly realOverlap: Interval | null;
  /** Median cosine distance to the nearest real document. */
  readonly nearest: Interval;
  /** Median cosine distance of a held-out real document to its nearest real one. */
  readonly realNearest: Interval | null;
  /** Share of synthetic documents nearer to a real one than 95 % of real documents are to each other. */
  readonly closerThanReal: number | null;
}

export interface LabelFidelityFigures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Documents that were made for the label, and that the classifier gives it. */
  readonly intended: number;
  readonly assigned: number;
}

export interface LabelFidelity {
  readonly microF1: Interval;
  readonly precision: number;
  readonly recall: number;
  /** Documents that state the labels they were made for. */
  readonly documents: number;
  readonly labels: readonly ({ readonly id: string; readonly name: string } & LabelFidelityFigures)[];
}

/** Everything about one set of synthetic documents beside one set of real ones. */
export interface FidelityScores {
  readonly n: Counts;
  readonly mmd2: Measured<Mmd>;
  readonly frechet: Measured<Frechet>;
  readonly prdc: Measured<Prdc>;
  readonly diversity: Measured<Diversity>;
  readonly lexical: Measured<Lexical>;
  readonly copying: Measured<Copying>;
  /** Absent without a classifier. */
  readonly labelFidelity?: Measured<LabelFidelity>;
}
