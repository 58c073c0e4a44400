/** A synthetic document and the real one nearest to it, side by side. */
import { useState } from 'preact/hooks';
import type { FidelityDocument, PlacedDocument } from '../../src/protocol/fidelity-view.ts';
import { Tag } from '../ui/badge.tsx';
import { Button, TextButton } from '../ui/button.tsx';
import { decimal, integer, percent } from '../ui/format.ts';
import { fileName } from '../ui/place.ts';
import { t } from '../ui/strings.ts';
import { useFidelity } from './context.ts';
import { markedParts } from './marked-text.ts';
import './shared-run.css';
import { offenceName, offenceText, wordsText } from './wording.ts';

interface DocumentRowProps {
  readonly document: FidelityDocument;
  readonly dropped: boolean;
  readonly onDrop: () => void;
  readonly onKeep: () => void;
}

export function DocumentRow({ document, dropped, onDrop, onKeep }: DocumentRowProps) {
  const { labelName, read } = useFidelity();
  const [open, setOpen] = useState(false);
  const { nearest, copied, offences, repeats } = document;
  const compare = (): void => {
    if (!open) read(nearest ? [document, nearest] : [document]);
    setOpen(!open);
  };
  return (
    <li class={dropped ? 'document-row dropped' : 'document-row'} data-document={document.id}>
      <div class="document-side">
        <Title document={document} />
        <Facts
          facts={[
            document.id,
            fileName(document.file),
            ...document.labels.map(labelName),
            ...[document.strategy, document.model].filter((one) => one !== undefined),
          ]}
        />
        {(offences.length > 0 || dropped) && (
          <span class="document-tags">
            {dropped && <Tag>{t('dropped')}</Tag>}
            {offences.map((offence) => (
              <Tag key={offence} tooltip={offenceText(offence)}>
                {offenceName(offence)}
              </Tag>
            ))}
          </span>
        )}
      </div>
      <div class="document-side real">
        {nearest ? (
          <>
            <Title document={nearest} />
            <Facts
              facts={[
                t('similarity {0}', decimal(nearest.similarity)),
                ...(nearest.isParent ? [t('it was made from this')] : []),
                nearest.id,
                fileName(nearest.file),
              ]}
            />
          </>
        ) : (
          <span class="muted">{t('no real document to compare with')}</span>
        )}
      </div>
      <div class="document-actions">
        <Button small pressed={open} onPress={compare}>
          {t('Read')}
        </Button>
        {dropped ? (
          <Button small onPress={onKeep}>
            {t('Keep')}
          </Button>
        ) : (
          <Button
            small
            tooltip={t('Counts it as rejected, so that nothing is trained on it')}
            onPress={onDrop}
          >
            {t('Drop')}
          </Button>
        )}
      </div>
      {(copied || repeats || (document.labelFidelity?.misses.length ?? 0) > 0) && (
        <div class="document-wide">
          {copied && <Copied document={document} copied={copied} />}
          {repeats && (
            <p class="muted">
              {t('The same text as')} <Title document={repeats} />
            </p>
          )}
          <LabelMiss document={document} />
        </div>
      )}
      {open && <Texts document={document} />}
    </li>
  );
}

function Title({ document: { id, title, file, span } }: { readonly document: PlacedDocument }) {
  const { send } = useFidelity();
  return (
    <TextButton
      class="document-title"
      tooltip={t('Show in {0}', file)}
      onPress={() => send({ kind: 'open', path: file, span })}
    >
      {title === '' ? id : title}
    </TextButton>
  );
}

const Facts = ({ facts }: { readonly facts: readonly string[] }) => (
  <span class="document-facts muted number">
    {facts.map((fact, at) => (
      <span key={at}>{fact}</span>
    ))}
  </span>
);

interface CopiedProps {
  readonly document: FidelityDocument;
  readonly copied: NonNullable<FidelityDocument['copied']>;
}

/** The longest run both have; where they are different documents, which one it stands in is said. */
function Copied({ document, copied: { words, passage, span, otherSpan, from, isParent } }: CopiedProps) {
  const { send } = useFidelity();
  const isNearest = from.id === document.nearest?.id && from.file === document.nearest.file;
  return (
    <>
      <q class="document-passage">
        <mark class="shared-run">{passage}</mark>
      </q>
      <span class="document-facts number">
        <span>{t('{0} in a row', wordsText(words))}</span>
        <span>{t('{0} of its runs of 8 words', percent(document.overlap))}</span>
        <TextButton onPress={() => send({ kind: 'open', path: document.file, span })}>
          {t('show here')}
        </TextButton>
        <TextButton onPress={() => send({ kind: 'open', path: from.file, span: otherSpan })}>
          {isNearest ? t('show in the real one') : t('show in {0}', from.title === '' ? from.id : from.title)}
        </TextButton>
        {isParent && <span class="muted">{t('it was made from this')}</span>}
      </span>
    </>
  );
}

function LabelMiss({ document: { labelFidelity } }: { readonly document: FidelityDocument }) {
  const { labelName } = useFidelity();
  if (!labelFidelity || labelFidelity.misses.length === 0) return null;
  const { hits, misses, extra } = labelFidelity;
  return (
    <span class="document-facts muted">
      <span>
        {t(
          'the classifier finds {0} of {1} labels, not {2}',
          integer(hits.length),
          integer(hits.length + misses.length),
          misses.map(labelName).join(', '),
        )}
      </span>
      {extra.length > 0 && <span>{t('but {0}', extra.map(labelName).join(', '))}</span>}
    </span>
  );
}

/** How both begin, the shared passage marked where it stands there. */
function Texts({ document }: { readonly document: FidelityDocument }) {
  const { opening } = useFidelity();
  const { nearest, copied } = document;
  const shares = copied && copied.from.id === nearest?.id ? copied.passage : undefined;
  return (
    <div class="document-wide document-texts">
      <Text text={opening(document)} passage={copied?.passage} />
      {nearest && <Text text={opening(nearest)} passage={shares} />}
    </div>
  );
}

function Text({
  text,
  passage,
}: {
  readonly text: string | undefined;
  readonly passage: string | undefined;
}) {
  if (text === undefined) return <p class="muted">{t('Reading…')}</p>;
  if (text === '') return <p class="muted">{t('It can no longer be read at this place.')}</p>;
  return (
    <p>
      {markedParts(text, passage).map((part, at) =>
        part.marked ? (
          <mark key={at} class="shared-run">
            {part.text}
          </mark>
        ) : (
          part.text
        ),
      )}
    </p>
  );
}
