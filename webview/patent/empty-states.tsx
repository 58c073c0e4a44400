/** What the view says when there is no result to show, and what to do next. */
import type { ErrorReport } from '../../src/protocol/engine.ts';
import { Button, TextButton } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { t } from '../ui/strings.ts';
import { useView } from './context.ts';
import './empty-states.css';
import { placeText } from '../ui/place.ts';

export function Nothing() {
  return (
    <div class="empty centred">
      <Icon name="document" class="empty-icon" />
      <h1>{t('Open a patent file to see its labels')}</h1>
      <p class="muted">
        {t(
          'Office XML, PDF, plain text, Markdown, spreadsheets, CSV, JSON Lines and zip archives of these are read. This view follows the file in the editor; right-click files or a folder in the Explorer to classify many at once.',
        )}
      </p>
    </div>
  );
}

export function Unclassified() {
  const { state, send } = useView();
  return (
    <div class="empty">
      {state.classifier ? (
        <p class="muted">{t('This patent has not been classified yet.')}</p>
      ) : (
        <>
          <p>{t('There is no trained classifier in this folder yet. You can classify all the same:')}</p>
          <ul class="steps">
            <li>{t('Before the first label, the descriptions of your labels alone are used.')}</li>
            <li>{t('Accept or reject labels here; each decision is a labelled example.')}</li>
            <li>
              {t(
                'Training on them runs on this machine. It takes seconds, or minutes where the encoder is trained too.',
              )}
            </li>
          </ul>
        </>
      )}
      <div class="empty-actions">
        <Button primary onPress={() => send({ kind: 'classify' })}>
          {t('Classify')}
        </Button>
        {!state.classifier && (
          <Button onPress={() => send({ kind: 'train' })}>{t('Train classifier')}</Button>
        )}
      </div>
    </div>
  );
}

export function Failed({ error }: { readonly error: ErrorReport }) {
  const { send } = useView();
  const { place } = error;
  const offset = place?.offset;
  return (
    <div class="empty">
      <Notice
        tone="error"
        actions={
          <Button small primary icon="refresh" onPress={() => send({ kind: 'classify' })}>
            {t('Try again')}
          </Button>
        }
      >
        <p class="failure">{error.message}</p>
        {place && placeText(place) !== '' && (
          <p title={place.file}>
            {offset === undefined ? (
              <span class="muted">{placeText(place)}</span>
            ) : (
              <TextButton
                tooltip={t('Show in the editor')}
                onPress={() => send({ kind: 'reveal', span: { start: offset, end: offset } })}
              >
                {placeText(place)}
              </TextButton>
            )}
          </p>
        )}
        <p>{error.remedy}</p>
      </Notice>
    </div>
  );
}
