/**
 * State in, intents out: what every panel that shows the report of a run has in common. The host is
 * `host/reports/panel.ts`; a panel of its own adds the type of its report and, where it needs them, further intents.
 */
import type { Span } from '../core/text/span.ts';
import type { ErrorReport } from './engine.ts';

export type { ErrorReport, Span };

export type ReportRun =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly message: string; readonly done?: number; readonly total?: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

export interface ReportViewState<Report> {
  /** Name of the workspace folder. */
  readonly folder: string;
  readonly run: ReportRun;
  /** The last report; it stays while another run goes on, and when that one fails. */
  readonly report?: Report;
  /** The report was made before the panel was opened. */
  readonly earlier?: true;
  /** Records and labels that could not be taken over. */
  readonly problems: number;
}

export type ReportViewMessage<State> =
  | { readonly kind: 'state'; readonly state: State }
  /** How far a run is; the rest stays as it is. A report is large, and a run tells of itself many times a second. */
  | { readonly kind: 'run'; readonly run: ReportRun };

export type ReportViewIntent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'run' }
  | { readonly kind: 'cancel' }
  /** Shows a passage of a document in its file. */
  | { readonly kind: 'open'; readonly path: string; readonly span: Span }
  /** The run keeps its report in every format. */
  | { readonly kind: 'export'; readonly format: 'markdown' | 'csv' }
  /** A chart as a file of its own, in colours for paper; `name` proposes a file name without an ending. */
  | { readonly kind: 'export'; readonly format: 'svg'; readonly name: string; readonly svg: string }
  | { readonly kind: 'show-problems' };
