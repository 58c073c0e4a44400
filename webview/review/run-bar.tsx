/** A run that is under way: the samples and the question after them, how far it is, or that it stopped. */
import type { ReviewRun, RunFigures } from '../../src/protocol/review-view.ts';
import { Button } from '../ui/button.tsx';
import { integer } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { plural, t } from '../ui/strings.ts';
import { useReview } from './context.ts';
import './run-bar.css';

export function RunBar({ run }: { readonly run: ReviewRun }) {
  const { send } = useReview();
  switch (run.kind) {
    case 'idle':
      return null;
    case 'sampling':
      return <Progress figures={run.figures} title={t('Writing the first samples')} />;
    case 'running':
      return <Progress figures={run.figures} title={t('Writing synthetic patents')} />;
    case 'asking':
      return (
        <div class="run-bar asking">
          <Notice
            tone="info"
            icon="document"
            actions={
              <>
                <Button primary onPress={() => send({ kind: 'go-on' })}>
                  {plural(run.rest, 'Write {0} more', 'Write {0} more', integer(run.rest))}
                </Button>
                <Button onPress={() => send({ kind: 'stop' })}>{t('Stop here')}</Button>
              </>
            }
          >
            <p class="run-title">
              {t('These are the first samples of {0}. Read them: shall it go on?', run.model)}
            </p>
            <p class="muted number">{run.note}</p>
          </Notice>
        </div>
      );
    case 'stopped':
      return (
        <div class="run-bar">
          <Notice
            tone={run.error ? 'error' : 'info'}
            icon={run.error ? 'error' : 'clock'}
            actions={
              <Button primary onPress={() => send({ kind: 'resume' })}>
                {t('Resume')}
              </Button>
            }
          >
            {run.error && (
              <>
                <p class="run-title">{run.error.message}</p>
                <p>{run.error.remedy}</p>
              </>
            )}
            <p class="number">
              {plural(
                run.missing,
                'The run stopped with {0} document missing. What was written is kept and is not paid for again.',
                'The run stopped with {0} documents missing. What was written is kept and is not paid for again.',
                integer(run.missing),
              )}
            </p>
          </Notice>
        </div>
      );
  }
}

function Progress({ figures, title }: { readonly figures: RunFigures; readonly title: string }) {
  const { send } = useReview();
  const { done, total, accepted, refused, note } = figures;
  return (
    <div class="run-bar">
      <div class="run-line">
        <span class="run-title">{title}</span>
        <span class="number">{t('{0} of {1}', integer(done), integer(total))}</span>
        <span class="muted number run-note">
          {[
            t('{0} passed the checks', integer(accepted)),
            ...(refused > 0 ? [t('{0} refused', integer(refused))] : []),
            note,
          ].join(' · ')}
        </span>
        <Button small onPress={() => send({ kind: 'stop' })}>
          {t('Stop')}
        </Button>
      </div>
      <div
        class="run-track"
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
      >
        <span class="run-fill" style={{ '--value': total === 0 ? 0 : done / total }} />
      </div>
    </div>
  );
}
