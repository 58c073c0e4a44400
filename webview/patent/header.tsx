/** Which document this is and what of it was read. */
import { useState } from 'preact/hooks';
import type { Prediction } from '../../src/protocol/engine.ts';
import { Tag } from '../ui/badge.tsx';
import { Button, TextButton } from '../ui/button.tsx';
import { integer } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { t } from '../ui/strings.ts';
import { useView } from './context.ts';
import { formatName, notRead, readSummary } from './coverage.ts';
import './header.css';

interface DocumentHeaderProps {
  readonly name: string;
  readonly prediction: Prediction;
  readonly stale: boolean;
  /** It is being classified again. */
  readonly running: boolean;
}

export function DocumentHeader({ name, prediction, stale, running }: DocumentHeaderProps) {
  const { send } = useView();
  const { document, coverage } = prediction;
  const title = document.title || name;
  return (
    <header class="document-header">
      <h1 class="document-title" title={title} lang={document.language}>
        {title}
      </h1>
      <p class="document-facts">
        <span class="document-id">{document.id}</span>
        <span>{document.office}</span>
        <span>{formatName(document.format)}</span>
        {document.partial && (
          <Tag tooltip={t('Only the selected text was classified.')}>{t('selection')}</Tag>
        )}
      </p>
      <p class="document-facts" title={t('What the classifier read')}>
        {readSummary(coverage).map((part) => (
          <span key={part}>{part}</span>
        ))}
      </p>
      <NotRead sentences={notRead(coverage)} />
      {stale && (
        <Notice
          tone="warning"
          icon="clock"
          actions={
            <Button
              primary
              small
              icon="refresh"
              disabled={running}
              onPress={() => send({ kind: 'classify' })}
            >
              {t('Re-classify')}
            </Button>
          }
        >
          {t('The text changed since it was classified.')}
        </Notice>
      )}
    </header>
  );
}

/** Sentences shown before "Show more". */
const FIRST = 3;

function NotRead({ sentences }: { readonly sentences: readonly string[] }) {
  const [all, setAll] = useState(false);
  if (sentences.length === 0) return null;
  const shown = all ? sentences : sentences.slice(0, FIRST);
  const hidden = sentences.length - shown.length;
  return (
    <Notice tone="info" icon="cut">
      {shown.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {hidden > 0 && (
        <p>
          <TextButton onPress={() => setAll(true)}>{t('Show {0} more', integer(hidden))}</TextButton>
        </p>
      )}
    </Notice>
  );
}

/** The header of a document that has no result yet. */
export function PlainHeader({ name }: { readonly name: string }) {
  return (
    <header class="document-header">
      <h1 class="document-title" title={name}>
        {name}
      </h1>
    </header>
  );
}
