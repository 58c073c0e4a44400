/** State in, intents out: the messages between the host and the report of a leakage audit. */
import type { Interval } from '../core/metrics/bootstrap.ts';
import type { Span } from '../core/text/span.ts';
import type {
  AuditedDocument,
  AuditFigure,
  AuditFigures,
  AuditInstructions,
  AuditJudgement,
  AuditReport,
  ContaminationPair,
  CopiedPassage,
  LabelOverlap,
  Listed,
} from './audit.ts';
import type { ErrorReport, View } from './engine.ts';

export type {
  AuditedDocument,
  AuditFigure,
  AuditFigures,
  AuditInstructions,
  AuditJudgement,
  AuditReport,
  ContaminationPair,
  CopiedPassage,
  ErrorReport,
  Interval,
  LabelOverlap,
  Listed,
  Span,
  View,
};

export type AuditRun =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly message: string; readonly done?: number; readonly total?: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

export interface AuditViewState {
  /** Name of the workspace folder. */
  readonly folder: string;
  readonly run: AuditRun;
  /** The last report; it stays while another audit runs, and when that one fails. */
  readonly report?: AuditReport;
  /** The report was made before the panel was opened. */
  readonly earlier?: true;
  /** Records and labels that could not be taken over. */
  readonly problems: number;
}

export type AuditViewMessage =
  | { readonly kind: 'state'; readonly state: AuditViewState }
  /** How far a run is; the rest stays as it is. A report is large, and a run tells of itself many times a second. */
  | { readonly kind: 'run'; readonly run: AuditRun };

export type AuditViewIntent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'run' }
  | { readonly kind: 'cancel' }
  /** Shows a passage of a document in its file. */
  | { readonly kind: 'open'; readonly path: string; readonly span: Span }
  | { readonly kind: 'export'; readonly format: 'markdown' | 'csv' }
  /** A chart as a file of its own, in colours for paper; `name` proposes a file name without an ending. */
  | { readonly kind: 'export'; readonly format: 'svg'; readonly name: string; readonly svg: string }
  | { readonly kind: 'show-problems' };
