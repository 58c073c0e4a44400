/** The output in front: verdict and tools, its text beside what the model was shown, checks, and how it came about. */
import type { ReviewRow } from '../../src/protocol/review-view.ts';
import { Chip } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { t } from '../ui/strings.ts';
import type { ReviewHost } from './app.tsx';
import { Checks } from './checks.tsx';
import { useReview } from './context.ts';
import { EditForm } from './edit-form.tsx';
import { Facts } from './facts.tsx';
import type { Model } from './model.ts';
import './output.css';
import { PatentText } from './patent-text.tsx';
import { Sources } from './sources.tsx';
import { STANDING_ICONS, standingName } from './wording.ts';

interface OutputProps {
  readonly row: ReviewRow | undefined;
  readonly model: Model;
  readonly editing: boolean;
  readonly undoable: number;
  readonly host: ReviewHost;
  readonly onAccept: () => void;
  readonly onReject: () => void;
  readonly onUndo: () => void;
  readonly onEdit: () => void;
  readonly onLeaveEdit: () => void;
}

export function Output(props: OutputProps) {
  const { row, model, editing, host, onLeaveEdit } = props;
  if (!row) return <section class="output" aria-label={t('Output')} />;
  const detail = model.detail?.key === row.key ? model.detail : undefined;
  const failure = model.failure?.key === row.key ? model.failure.error : undefined;
  return (
    <section class="output" aria-label={t('Output')}>
      <Head {...props} row={row} editable={detail?.editable ?? false} />
      {failure && (
        <div class="output-notice">
          <Notice tone="error">
            <p>{failure.message}</p>
            <p class="muted">{failure.remedy}</p>
          </Notice>
        </div>
      )}
      {/* Another output begins at its top. */}
      <div class="output-body" key={row.key} tabIndex={0} role="region" aria-label={t('Text')}>
        {row.reason && (
          <div class="output-notice">
            <Notice tone="warning">{row.reason.text}</Notice>
          </div>
        )}
        {detail &&
          (editing ? (
            <EditForm detail={detail} onCancel={onLeaveEdit} />
          ) : (
            <div class={detail.sources.length > 0 ? 'output-columns' : 'output-columns alone'}>
              <article class="output-column">
                {detail.raw === undefined ? (
                  <PatentText passages={detail.passages} />
                ) : (
                  <pre class="kept-text whole" tabIndex={0}>
                    {detail.raw}
                  </pre>
                )}
                <Checks checks={detail.checks} />
                <Facts detail={detail} texts={model.texts} host={host} />
              </article>
              {detail.sources.length > 0 && <Sources output={row.key} sources={detail.sources} />}
            </div>
          ))}
      </div>
    </section>
  );
}

function Head({
  row,
  editing,
  editable,
  undoable,
  onAccept,
  onReject,
  onUndo,
  onEdit,
}: OutputProps & { readonly row: ReviewRow; readonly editable: boolean }) {
  const { send, labelName } = useReview();
  const { standing, labels } = row;
  return (
    <header class="output-head">
      <div class="output-labels">
        <span class={`standing ${standing}`}>
          <Icon name={STANDING_ICONS[standing]} />
          {standingName(standing)}
        </span>
        {labels.map((id) => (
          <Chip key={id} look="filled">
            <span class="chip-text">{labelName(id)}</span>
          </Chip>
        ))}
      </div>
      <div class="output-tools">
        {standing !== 'invalid' && (
          <>
            <Button
              small
              icon="check"
              primary={standing === 'new'}
              pressed={standing === 'accepted'}
              disabled={editing}
              tooltip={t('Accept and go on (A)')}
              onPress={onAccept}
            >
              {t('Accept')}
            </Button>
            <Button
              small
              icon="close"
              pressed={standing === 'rejected'}
              disabled={editing}
              tooltip={t('Reject and go on (R)')}
              onPress={onReject}
            >
              {t('Reject')}
            </Button>
          </>
        )}
        {editable && (
          <Button small disabled={editing} tooltip={t('Change the text (E)')} onPress={onEdit}>
            {t('Edit')}
          </Button>
        )}
        <Button
          small
          disabled={undoable === 0}
          tooltip={t('Take the last verdict back (U)')}
          onPress={onUndo}
        >
          {t('Undo')}
        </Button>
        <IconButton
          icon="link"
          label={t('Show it in its file')}
          onPress={() => send({ kind: 'open', key: row.key })}
        />
      </div>
    </header>
  );
}
