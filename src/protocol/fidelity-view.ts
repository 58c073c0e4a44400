/**
 * State in, intents out: the messages between the host and the fidelity report, and what the *Fidelity* tab of the
 * Patent view shows of the document in front.
 */
import type { Origin } from '../core/corpus/origin.ts';
import type { DocumentFidelity, FidelityReport, Span, Verdict } from './fidelity.ts';
import type { ErrorReport, View } from './engine.ts';
import type { ReportViewIntent, ReportViewMessage, ReportViewState } from './report-view.ts';

export type * from './fidelity.ts';
export type { ErrorReport, Origin, View };

// ── the report ─────────────────────────────────────────────────────────────────────────────────────────────────

/** Verdicts by document id; a document without one is left out. */
export type Verdicts = Readonly<Record<string, Verdict>>;

export interface FidelityViewState extends ReportViewState<FidelityReport> {
  /** As they stand when the state is sent; later ones come as a message of their own. */
  readonly verdicts: Verdicts;
}

/** A document as it is named in a report: its file, and where its text starts there. */
export interface DocumentPlace {
  readonly file: string;
  readonly span: Span;
}

/** How a document's text begins, for who points at it. */
export interface Opening extends DocumentPlace {
  /** Undefined where it can no longer be read there. */
  readonly text: string | undefined;
}

export type FidelityViewMessage =
  | ReportViewMessage<FidelityViewState>
  | { readonly kind: 'verdicts'; readonly verdicts: Verdicts }
  | { readonly kind: 'openings'; readonly openings: readonly Opening[] };

/** A verdict on a document; null takes it back. */
export interface Judged {
  readonly id: string;
  readonly verdict: Verdict | null;
}

export type FidelityReportIntent =
  | { readonly kind: 'verdict'; readonly verdicts: readonly Judged[] }
  /** Answered with their openings. */
  | { readonly kind: 'read'; readonly documents: readonly DocumentPlace[] };

export type FidelityViewIntent = ReportViewIntent | FidelityReportIntent;

// ── the tab ────────────────────────────────────────────────────────────────────────────────────────────────────

/** What is known of a synthetic document before anything is measured. */
export interface SyntheticFacts {
  /** Ids of the labels it states. */
  readonly labels: readonly string[];
  readonly origin: Origin;
  readonly verdict?: Verdict;
}

export type FidelityTabState =
  /** Nothing is known of the document yet. */
  | { readonly kind: 'reading' }
  /** The document does not say that it is synthetic. */
  | { readonly kind: 'real' }
  | ({ readonly kind: 'synthetic'; readonly score: DocumentScore } & SyntheticFacts);

export type DocumentScore =
  | { readonly kind: 'not-scored' }
  | { readonly kind: 'running' }
  | { readonly kind: 'failed'; readonly error: ErrorReport }
  | {
      readonly kind: 'scored';
      readonly fidelity: DocumentFidelity;
      /** Real documents it was compared with. */
      readonly real: number;
      /** The text is another one now. */
      readonly stale: boolean;
    };

export type FidelityTabIntent =
  | { readonly kind: 'fidelity-score' }
  /** Null takes it back. */
  | { readonly kind: 'fidelity-verdict'; readonly verdict: Verdict | null }
  /** Shows a passage of any document in its file. */
  | { readonly kind: 'fidelity-open'; readonly path: string; readonly span: Span }
  /** The report of the file in front. */
  | { readonly kind: 'fidelity-report' };
