/** The page of a report that is made at one press: head, how the run stands, and the report, or what it would say. */
import type { ComponentChildren } from 'preact';
import type { ReportViewState } from '../../src/protocol/report-view.ts';
import type { IconName } from '../ui/icons.tsx';
import { moment } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { ReportHeader, type Facts } from './header.tsx';
import { Empty, RunState } from './run-state.tsx';

interface PageProps {
  readonly state: ReportViewState<{ readonly createdAt: string }>;
  readonly title: string;
  readonly facts: Facts;
  readonly againTooltip: string;
  /** What is going on while it is made. */
  readonly running: string;
  readonly cancelled: string;
  /** That this is the report of another day. */
  readonly earlier: (moment: string) => string;
  /** Before the first report. */
  readonly empty: {
    readonly icon: IconName;
    readonly question: string;
    readonly answers: readonly string[];
    readonly action: string;
    /** After a first try that did not come to its end. */
    readonly again: string;
    readonly note: string;
  };
  /** The report itself. */
  readonly children: ComponentChildren;
}

export function ReportPage({ state, title, facts, empty, children, ...words }: PageProps) {
  const { report, run } = state;
  const running = run.kind === 'running';
  const { action, again, ...question } = empty;
  return (
    <div class="report-page">
      <ReportHeader
        title={title}
        facts={facts}
        exportable={report !== undefined}
        running={running}
        againTooltip={words.againTooltip}
      />
      <RunState run={run} label={words.running} cancelled={words.cancelled} />
      {report && state.earlier && run.kind === 'idle' && (
        <div class="report-notice">
          <Notice tone="info" icon="clock">
            {words.earlier(moment(report.createdAt))}
          </Notice>
        </div>
      )}
      {report ? (
        <main class={running ? 'outdated' : ''} aria-busy={running}>
          {children}
        </main>
      ) : (
        !running && <Empty {...question} action={run.kind === 'idle' ? action : again} />
      )}
    </div>
  );
}
