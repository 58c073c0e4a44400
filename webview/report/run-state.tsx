/** What stands under the header while a report is made, after it failed, and before the first one. */
import type { ComponentChildren } from 'preact';
import type { ReportRun } from '../../src/protocol/report-view.ts';
import { placeText } from '../ui/place.ts';
import { Button } from '../ui/button.tsx';
import { integer } from '../ui/format.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProgressRing } from '../ui/progress-ring.tsx';
import { t } from '../ui/strings.ts';
import { useSend } from './context.ts';
import './run-state.css';

interface RunStateProps {
  readonly run: ReportRun;
  /** What is going on, for who does not see the ring turn. */
  readonly label: string;
  readonly cancelled: string;
  /** The message says all; steps of no unit of their own are not counted aloud. Default: they are. */
  readonly counted?: boolean;
}

export function RunState({ run, label, cancelled, counted = true }: RunStateProps) {
  const send = useSend();
  switch (run.kind) {
    case 'idle':
      return null;
    case 'running':
      return (
        <div class="report-running">
          <ProgressRing small label={label} />
          <span class="running-words number" role="status">
            {run.message}
            {counted && run.total !== undefined && run.done !== undefined && (
              <span class="muted"> {t('{0} of {1}', integer(run.done), integer(run.total))}</span>
            )}
          </span>
          <Button small onPress={() => send({ kind: 'cancel' })}>
            {t('Cancel')}
          </Button>
          {run.total !== undefined && run.total > 0 && (
            <span
              class="running-line"
              role="progressbar"
              aria-label={run.message}
              aria-valuemin={0}
              aria-valuemax={run.total}
              aria-valuenow={run.done ?? 0}
              style={{ '--value': Math.min(1, (run.done ?? 0) / run.total) }}
            />
          )}
        </div>
      );
    case 'cancelled':
      return (
        <div class="report-notice">
          <Notice tone="info">{cancelled}</Notice>
        </div>
      );
    case 'failed':
      return (
        <div class="report-notice">
          <Notice
            tone="error"
            actions={
              <Button small primary icon="refresh" onPress={() => send({ kind: 'run' })}>
                {t('Try again')}
              </Button>
            }
          >
            <p class="failure">{run.error.message}</p>
            {run.error.place && <p class="muted">{placeText(run.error.place)}</p>}
            <p>{run.error.remedy}</p>
          </Notice>
        </div>
      );
  }
}

interface EmptyProps {
  readonly icon: IconName;
  readonly question: string;
  /** What the report will answer. */
  readonly answers: readonly string[];
  /** No button where it cannot be made. */
  readonly action: string | undefined;
  /** What the button does. Default: it runs. */
  readonly onAction?: (() => void) | undefined;
  readonly note: string;
  readonly children?: ComponentChildren;
}

/** Before the first report: what it would say, and the button that makes it. */
export function Empty({ icon, question, answers, action, onAction, note, children }: EmptyProps) {
  const send = useSend();
  return (
    <main class="report-empty">
      <Icon name={icon} class="empty-icon" />
      <h2>{question}</h2>
      <ul class="muted">
        {answers.map((answer) => (
          <li key={answer}>{answer}</li>
        ))}
      </ul>
      {children}
      {action !== undefined && (
        <Button primary onPress={onAction ?? (() => send({ kind: 'run' }))}>
          {action}
        </Button>
      )}
      <p class="muted">{note}</p>
    </main>
  );
}
