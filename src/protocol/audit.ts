/**
 * The leakage audit of a workspace: what the engine is asked for, and the report it answers with. The report is also
 * what stands in `report.json` of the run, so it is plain data that says of itself what it was made from.
 */
import { RequestType } from 'vscode-jsonrpc';
import type { ErrorReport } from '../core/errors.ts';
import type { Audit, AuditFigure, AuditFigures } from '../core/leakage/audit/audit.ts';
import type { LabelOverlap, Overlap, OverlapShares } from '../core/leakage/audit/overlap.ts';
import type { Finding, RelatedDocument } from '../core/leakage/finding.ts';
import type { View } from '../core/patent/view.ts';
import type { Span } from '../core/text/span.ts';

export type { Audit, AuditFigure, AuditFigures, LabelOverlap, Overlap, OverlapShares };

export const AUDIT_VERSION = 2;

export interface AuditParams {
  readonly root: string;
  /** Streams steps under this token. */
  readonly progress?: string;
}

/** One document of a pair. */
export interface AuditedDocument {
  readonly id: string;
  readonly file: string;
  /** The passage that the pair shares or, where it shares none, the title. */
  readonly span: Span;
}

/** Documents on both sides of the split. */
export interface ContaminationPair {
  /** The document of the test side. */
  readonly test: AuditedDocument;
  readonly other: AuditedDocument;
  /** Whether the other one is real or was made. */
  readonly otherIs: 'real' | 'synthetic';
  readonly why: 'same-text' | 'near-duplicate' | 'same-family';
  /** Similarity of the 5-word shingle sets, where it reaches the threshold. */
  readonly jaccard?: number;
  /** Words of the longest passage that both have. */
  readonly words: number;
  /** That passage, shortened. */
  readonly passage: string;
}

/** A synthetic document that took over a run of words. */
export interface CopiedPassage {
  readonly document: AuditedDocument;
  readonly source: RelatedDocument;
  /** `seed`: the document was made from it; `test`: it stands in the test split. */
  readonly sourceIs: 'seed' | 'test' | 'real';
  readonly words: number;
}

/** A list that stops somewhere, and how long it is altogether. */
export interface Listed<T> {
  readonly total: number;
  readonly shown: readonly T[];
}

export interface AuditContamination {
  readonly testDocuments: number;
  readonly otherDocuments: number;
  /** Test documents that some other document contaminates. */
  readonly contaminated: number;
  /** Pairs of look-alikes that were too many to compare; 0 in an ordinary corpus. */
  readonly leftOut: number;
  readonly pairs: Listed<ContaminationPair>;
}

export interface AuditCopying {
  readonly syntheticDocuments: number;
  /** Synthetic documents with a copied run. */
  readonly copying: number;
  readonly passages: Listed<CopiedPassage>;
}

export interface AuditInstructions {
  readonly syntheticDocuments: number;
  /** Those whose prompt is known, by its text or by the labels it named. */
  readonly withPrompt: number;
  /** Those whose prompt named a label that they have. */
  readonly leaking: number;
  readonly findings: Listed<{ readonly document: AuditedDocument; readonly finding: Finding }>;
  /**
   * Of all (synthetic document, label it has): how many texts contain its name or an alias, where the prompt named the
   * label and where it did not.
   */
  readonly named: { readonly pairs: number; readonly containing: number };
  readonly unnamed: { readonly pairs: number; readonly containing: number };
}

/** Which documents judged the classifier. Documents that it was trained on never do. */
export type AuditJudgement =
  /** `unseen`: the documents outside the test split that the classifier was not trained on, where there is no split. */
  | { readonly kind: 'test-split' | 'unseen'; readonly documents: number; readonly leftOut: number }
  /** The same recipe was trained `folds` times, each time judged on the documents it was not trained on. */
  | { readonly kind: 'cross-fitted'; readonly documents: number; readonly folds: number }
  | { readonly kind: 'none'; readonly reason: string };

export interface AuditInput {
  readonly path: string;
  readonly sha256: string;
}

export interface AuditReport {
  readonly format: 'patent-lab-leakage-audit';
  readonly version: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly patentLab: string;
  readonly onnxruntime: string;
  /** Seconds it took. */
  readonly seconds: number;
  readonly taxonomy: string;
  readonly documents: {
    readonly real: number;
    readonly synthetic: number;
    /** Copies of other documents; they count for nothing here. */
    readonly duplicates: number;
  };
  /** The part of the documents in which words were looked for: what a classifier reads. */
  readonly view: View;
  readonly classifier: { readonly path: string; readonly name: string; readonly encoder: string } | null;
  readonly judgement: AuditJudgement;
  /** How the judging documents were chosen, and what to keep in mind: sentences for a person. */
  readonly notes: readonly string[];
  readonly audit: Audit;
  /** One paragraph. */
  readonly conclusion: string;
  readonly contamination: AuditContamination;
  readonly copying: AuditCopying;
  readonly instructions: AuditInstructions;
  readonly options: { readonly seed: number; readonly resamples: number; readonly level: number };
  readonly inputs: readonly AuditInput[];
}

export interface AuditResult {
  readonly report: AuditReport;
  /** Folder of the run: `report.json`, `report.md` and `report.csv` stand in it. */
  readonly folder: string;
  /** Records and labels that could not be taken over. */
  readonly problems: readonly ErrorReport[];
}

export const AuditRequest = new RequestType<AuditParams, AuditResult, ErrorReport>('leakage/audit');
