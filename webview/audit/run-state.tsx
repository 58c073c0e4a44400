/** What stands under the header while an audit runs, after it failed, and before the first one. */
import type { AuditRun } from '../../src/protocol/audit-view.ts';
import { placeText } from '../patent/place.ts';
import { Button } from '../ui/button.tsx';
import { integer } from '../ui/format.ts';
import { Icon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProgressRing } from '../ui/progress-ring.tsx';
import { t } from '../ui/strings.ts';
import { useSend } from './context.ts';
import './run-state.css';

export function RunState({ run }: { readonly run: AuditRun }) {
  const send = useSend();
  switch (run.kind) {
    case 'idle':
      return null;
    case 'running':
      return (
        <div class="audit-running">
          <ProgressRing small label={t('Auditing')} />
          <span class="running-words number" role="status">
            {run.message}
            {run.total !== undefined && run.done !== undefined && (
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
        <div class="audit-notice">
          <Notice tone="info">{t('The audit was cancelled.')}</Notice>
        </div>
      );
    case 'failed':
      return (
        <div class="audit-notice">
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

export function Empty({ again }: { readonly again: boolean }) {
  const send = useSend();
  return (
    <main class="audit-empty">
      <Icon name="search" class="empty-icon" />
      <h2>{t('Does the text give the labels away?')}</h2>
      <ul class="muted">
        <li>{t('How often a label’s words stand in the documents that have it, real and synthetic')}</li>
        <li>{t('How much of the classifier’s F1 is left when these words are masked')}</li>
        <li>{t('Which documents stand on both sides of the split, and which copy others')}</li>
        <li>{t('Which prompts of synthetic documents named the label')}</li>
      </ul>
      <Button primary onPress={() => send({ kind: 'run' })}>
        {again ? t('Run the audit again') : t('Run the audit')}
      </Button>
      <p class="muted">{t('It runs on this machine and can be cancelled at any time.')}</p>
    </main>
  );
}
