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
import type { ReportViewIntent, ReportViewMessage, ReportViewState } from './report-view.ts';

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

export type AuditViewState = ReportViewState<AuditReport>;
export type AuditViewMessage = ReportViewMessage<AuditViewState>;
export type AuditViewIntent = ReportViewIntent;
