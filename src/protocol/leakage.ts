/**
 * Leakage checks that need more than the document in front: the other documents of the workspace, and the classifier.
 * What needs only the text and the taxonomy is checked in the editor's own process, as a person types.
 */
import { RequestType } from 'vscode-jsonrpc';
import type { ErrorReport } from '../core/errors.ts';
import type { Finding, FindingKind, RelatedDocument, Severity } from '../core/leakage/finding.ts';
import type { DocumentTarget } from './engine.ts';

export type { Finding, FindingKind, RelatedDocument, Severity };

// ── one document against the workspace ─────────────────────────────────────────────────────────────────────────

export interface RelationsParams {
  readonly root: string;
  /** A file, unsaved text, or one record of a corpus. */
  readonly target: DocumentTarget;
}

/** Findings about one document of the target. */
export interface DocumentFindings {
  readonly id: string;
  /** Which document of the file, from 0. */
  readonly index: number;
  /** Labels the document has by its record or by decision; absent where none are known. */
  readonly labels?: readonly string[];
  /** Contamination, copying and instruction leaks, with spans in the text that was sent. */
  readonly findings: readonly Finding[];
}

export interface RelationsResult {
  readonly documents: readonly DocumentFindings[];
}

export const RelationsRequest = new RequestType<RelationsParams, RelationsResult, ErrorReport>(
  'leakage/relations',
);

// ── does a label survive when its name is hidden? ──────────────────────────────────────────────────────────────

export interface MaskedPredictionParams {
  readonly root: string;
  readonly target: DocumentTarget;
}

export interface MaskedLabel {
  readonly id: string;
  readonly name: string;
  readonly threshold: number;
  /** Calibrated probability with the document as it stands. */
  readonly probability: number;
  /** The same with every name and alias of every label masked; keywords describe the invention too, and stay. */
  readonly masked: number;
}

export interface MaskedPrediction {
  readonly id: string;
  /** How many places were masked. */
  readonly masks: number;
  /** Labels assigned or borderline before or after, most probable first. */
  readonly labels: readonly MaskedLabel[];
}

export const MaskedPredictionRequest = new RequestType<MaskedPredictionParams, MaskedPrediction, ErrorReport>(
  'leakage/masked',
);
