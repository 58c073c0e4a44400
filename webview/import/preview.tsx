/** The first records as they would be read, so that a wrong meaning shows before everything is imported. */
import type { PreviewRecord, PreviewState } from '../../src/protocol/import-view.ts';
import { Chip } from '../ui/badge.tsx';
import { Notice } from '../ui/notice.tsx';
import { t } from '../ui/strings.ts';
import './preview.css';
import { amountText, dateText } from './wording.ts';

export function Preview({ preview }: { readonly preview: PreviewState }) {
  return (
    <section class="preview" aria-labelledby="preview-heading" aria-busy={preview.kind === 'loading'}>
      <h2 id="preview-heading" class="section-heading">
        {t('How the first records read')}
      </h2>
      <Content preview={preview} />
    </section>
  );
}

function Content({ preview }: { readonly preview: PreviewState }) {
  switch (preview.kind) {
    case 'loading':
      return <p class="muted">{t('Reading…')}</p>;
    case 'failed':
      return (
        <Notice tone="error">
          <p>{preview.error.message}</p>
          <p class="muted">{preview.error.remedy}</p>
        </Notice>
      );
    case 'ready':
      return preview.records.length === 0 ? (
        <p class="muted">{t('The table has no rows.')}</p>
      ) : (
        <ol class="preview-records">
          {preview.records.map((record, at) => (
            <li key={at} class="preview-record">
              <Record record={record} />
            </li>
          ))}
        </ol>
      );
  }
}

/** So many codes tell whether they are read rightly. */
const CODES_SHOWN = 6;

function Record({ record }: { readonly record: PreviewRecord }) {
  if (record.kind === 'problem') {
    return (
      <Notice tone="error">
        <p>{record.error.message}</p>
        <p class="muted">{record.error.remedy}</p>
      </Notice>
    );
  }
  const { id, title, labels, classifications, dates, applicants, texts, gaps } = record;
  const codes = classifications.slice(0, CODES_SHOWN);
  const facts = [
    ...dates.map(({ what, date }) => dateText(what, date)),
    ...texts.map(({ section, amount }) => amountText(section, amount)),
  ];
  return (
    <>
      <p class="preview-id number">{id}</p>
      <p class="preview-title">{title === '' ? <span class="muted">{t('no title')}</span> : title}</p>
      {labels.length > 0 && (
        <p class="preview-chips" aria-label={t('Labels')}>
          {labels.map((label) => (
            <Chip key={label} look="filled">
              {label}
            </Chip>
          ))}
        </p>
      )}
      {codes.length > 0 && (
        <p class="preview-chips" aria-label={t('Classification')}>
          {codes.map((code) => (
            <Chip key={code} look="plain">
              {code}
            </Chip>
          ))}
          {classifications.length > codes.length && (
            <span class="muted">{t('and {0} more', classifications.length - codes.length)}</span>
          )}
        </p>
      )}
      {applicants.length > 0 && <p class="muted">{applicants.join(', ')}</p>}
      {facts.length > 0 && <p class="muted number">{facts.join(' · ')}</p>}
      {gaps.length > 0 && (
        <Notice tone="warning">
          {gaps.map((gap) => (
            <p key={gap}>{gap}</p>
          ))}
        </Notice>
      )}
    </>
  );
}
