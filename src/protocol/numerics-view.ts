/** State in, intents out: the messages between the host and the report of a numerics check. */
import type { NumericsReport } from './numerics.ts';
import type { ReportViewIntent, ReportViewMessage, ReportViewState } from './report-view.ts';

export type * from './numerics.ts';
export type { Interval } from '../core/metrics/bootstrap.ts';

export type NumericsViewState = ReportViewState<NumericsReport>;
export type NumericsViewMessage = ReportViewMessage<NumericsViewState>;
export type NumericsViewIntent = ReportViewIntent;
