/**
 * Fidelity: how close synthetic documents are to real ones, how varied, how copied (METHODS 3). What the engine is asked
 * for, and the report it answers with. The report is also what stands in `report.json` of the run, so it is plain data
 * that says of itself what it was made from.
 */
import { RequestType } from 'vscode-jsonrpc';
import type { Verdict } from '../core/corpus/synthetic-review.ts';
import type { ErrorReport } from '../core/errors.ts';
import type { Offence } from '../core/fidelity/offences.ts';
import type {
  Baseline,
  ClaimForm,
  CopiedDocument,
  Copying,
  Counts,
  Diversity,
  DiversityFigures,
  FidelityScores,
  Frechet,
  LabelFidelity,
  Lexical,
  LexicalSide,
  Measured,
  Mmd,
  Prdc,
  PrdcFigures,
} from '../core/fidelity/scores.ts';
import type { Interval } from '../core/metrics/bootstrap.ts';
import type { View } from '../core/patent/view.ts';
import type { Span } from '../core/text/span.ts';
import type { DocumentTarget } from './engine.ts';

export type {
  Baseline,
  ClaimForm,
  CopiedDocument,
  Copying,
  Counts,
  Diversity,
  DiversityFigures,
  FidelityScores,
  Frechet,
  Interval,
  LabelFidelity,
  Lexical,
  LexicalSide,
  Measured,
  Mmd,
  Offence,
  Prdc,
  PrdcFigures,
  Span,
  Verdict,
  View,
};

export const FIDELITY_VERSION = 1;

// ── the report ─────────────────────────────────────────────────────────────────────────────────────────────────

export interface FidelityInput {
  readonly path: string;
  readonly sha256: string;
}

/** A document and where it stands: UTF-16 offsets of its record (or of the whole text) in its file. */
export interface PlacedDocument {
  readonly id: string;
  readonly file: string;
  readonly span: Span;
  readonly title: string;
}

/** A run of words that two documents share, as ranges in the two files. */
export interface SharedRun {
  readonly words: number;
  /** In the synthetic document's file. */
  readonly span: Span;
  /** In the real document's file. */
  readonly otherSpan: Span;
  /** The run itself, shortened. */
  readonly passage: string;
}

/** What is known of one synthetic document. */
export interface FidelityDocument extends PlacedDocument {
  /** Ids of the labels it was made for. */
  readonly labels: readonly string[];
  readonly strategy?: string;
  readonly model?: string;
  readonly run?: string;
  readonly verdict?: Verdict;
  /** The real document nearest by cosine; null where there is none, or this document has no words. */
  readonly nearest: (PlacedDocument & { readonly similarity: number; readonly isParent: boolean }) | null;
  /** 1 for the document farthest from its nearest real one; equal distances share a rank; null without a nearest. */
  readonly distanceRank: number | null;
  /** Share of held-out real documents that are nearer to a real one than this document is; null where too few. */
  readonly distanceShare: number | null;
  /** The longest run of words it shares with any real document; null where they share none worth showing. */
  readonly copied: (SharedRun & { readonly from: PlacedDocument; readonly isParent: boolean }) | null;
  /** Share of its 8-word runs that stand in any real document, and in the documents it was made from. */
  readonly overlap: number;
  readonly parentOverlap?: number;
  /** Label ids; absent without a classifier. */
  readonly labelFidelity?: {
    readonly hits: readonly string[];
    readonly misses: readonly string[];
    /** Assigned by the classifier, not intended. */
    readonly extra: readonly string[];
  };
  /** Most serious first; empty for an inconspicuous document. */
  readonly offences: readonly Offence[];
  /** The document whose text this one repeats. */
  readonly repeats?: PlacedDocument;
}

export type CellKind = 'overall' | 'label' | 'strategy' | 'model' | 'run';

/** Scores of a part of the synthetic documents. */
export interface FidelityCell {
  readonly kind: CellKind;
  /** Label id, or the strategy's, model's or run's own name; empty for `overall` and for what is not stated. */
  readonly id: string;
  readonly name: string;
  readonly scores: FidelityScores;
  /** What they mean at this size: sentences for a person. */
  readonly interpretation: readonly string[];
}

export interface MapPoint extends PlacedDocument {
  readonly kind: 'real' | 'synthetic';
  readonly labels: readonly string[];
  readonly pca: readonly [number, number];
  /** Absent where UMAP was not made. */
  readonly umap?: readonly [number, number];
}

export interface FidelityMap {
  readonly points: readonly MapPoint[];
  /** Documents altogether; fewer points mean that the map shows a drawn sample. */
  readonly documents: number;
  /** Share of the variance that the two PCA axes hold. */
  readonly explained: readonly [number, number];
  /** Why there is no UMAP, or how it was made: a sentence. */
  readonly umapNote: string;
}

/** Two histograms over the same bins. */
export interface Distribution {
  /** `length`: words a document; `nearest`: cosine distance to the nearest real document. */
  readonly kind: 'length' | 'nearest';
  /** Borders of the bins, one more than bins. */
  readonly edges: readonly number[];
  /** Documents a bin. For `nearest`, of held-out real documents to the other real ones. */
  readonly real: readonly number[];
  readonly synthetic: readonly number[];
}

export interface FidelityReport {
  readonly format: 'patent-lab-fidelity';
  readonly version: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly patentLab: string;
  readonly onnxruntime: string;
  /** Seconds it took. */
  readonly seconds: number;
  /** What was scored: a name for a person, such as the folder or file of the synthetic documents. */
  readonly subject: string;
  /** What that was asked for as; a panel finds the last report of a file by it. */
  readonly scope: FidelityScope;
  readonly taxonomy?: string;
  readonly view: View;
  readonly encoder: string;
  readonly classifier: { readonly path: string; readonly name: string } | null;
  /** The first cell is the overall one. */
  readonly cells: readonly FidelityCell[];
  /** How scores went with measured gains, where a study measured enough of them. */
  readonly gains: readonly string[];
  /** All synthetic documents; the worst first. */
  readonly documents: readonly FidelityDocument[];
  readonly map: FidelityMap;
  readonly distributions: readonly Distribution[];
  /** What to keep in mind: sentences for a person. */
  readonly notes: readonly string[];
  readonly options: {
    readonly seed: number;
    readonly permutations: number;
    readonly splits: number;
    readonly k: number;
    readonly level: number;
  };
  readonly inputs: readonly FidelityInput[];
}

// ── requests ───────────────────────────────────────────────────────────────────────────────────────────────────

/** Which synthetic documents: all of the workspace, those of one file, or those that one generation run made. */
export type FidelityScope =
  | { readonly kind: 'workspace' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'run'; readonly run: string };

export interface FidelityParams {
  readonly root: string;
  readonly scope: FidelityScope;
  /** Streams steps under this token. */
  readonly progress?: string;
}

export interface FidelityResult {
  readonly report: FidelityReport;
  /** Folder of the run: `report.json`, `report.md` and `report.csv` stand in it. */
  readonly folder: string;
  /** Records and labels that could not be taken over. */
  readonly problems: readonly ErrorReport[];
}

export const FidelityRequest = new RequestType<FidelityParams, FidelityResult, ErrorReport>('fidelity/score');

/** One document, or every record of one file, beside the real documents of the workspace: no set-wise scores. */
export interface DocumentFidelityParams {
  readonly root: string;
  /** A file, unsaved text, or one record of a corpus. */
  readonly target: DocumentTarget;
  /** Adds both texts and every passage they share: for the one document that is looked at. */
  readonly compare: boolean;
}

/** A document and its nearest real one side by side. */
export interface Comparison {
  /** The texts that were compared: the view of each. */
  readonly own: string;
  readonly nearest: string;
  /** Every run of words both have, from the longest on, as ranges in these two texts and in the two files. */
  readonly shared: readonly (SharedRun & { readonly ownRange: Span; readonly nearestRange: Span })[];
}

export interface DocumentFidelity {
  readonly document: FidelityDocument;
  /** Which document of the file, from 0. */
  readonly index: number;
  readonly comparison?: Comparison;
  /** Median and 95 % range of the distance of a real document to its nearest real one: what distances are read by. */
  readonly realNearest: { readonly median: number; readonly low: number; readonly high: number } | null;
}

export interface DocumentFidelityResult {
  /** In file order; documents that do not say that they are synthetic are left out. */
  readonly documents: readonly DocumentFidelity[];
  /** Real documents they were compared with. */
  readonly real: number;
}

export const DocumentFidelityRequest = new RequestType<
  DocumentFidelityParams,
  DocumentFidelityResult,
  ErrorReport
>('fidelity/document');
