/** What was measured of a synthetic document: its distance, what it shares, and its labels. */
import { useMemo } from 'preact/hooks';
import type {
  Comparison,
  DocumentFidelity,
  FidelityDocument,
  Span,
} from '../../src/protocol/fidelity-view.ts';
import { markedRanges } from '../fidelity/marked-text.ts';
import '../fidelity/shared-run.css';
import { figure, offenceText, wordsText } from '../fidelity/wording.ts';
import { TextButton } from '../ui/button.tsx';
import { decimal, integer, percent } from '../ui/format.ts';
import { Icon } from '../ui/icons.tsx';
import { fileName } from '../ui/place.ts';
import { plural, t } from '../ui/strings.ts';
import { StripChart } from '../ui/strip.tsx';
import { useView } from './context.ts';

/** Shared passages that are listed; the texts mark all of them. */
const LISTED = 6;
const STRIP_WIDTH = 260;

interface ScoredProps {
  readonly fidelity: DocumentFidelity;
  readonly real: number;
  readonly outdated: boolean;
}

export function FidelityScored({ fidelity, real, outdated }: ScoredProps) {
  const { document, comparison } = fidelity;
  return (
    <div class={outdated ? 'result outdated' : 'result'}>
      <Headline document={document} />
      <Distance fidelity={fidelity} real={real} />
      <Nearest document={document} />
      {comparison && <Shared document={document} comparison={comparison} />}
      <LabelsFound document={document} />
    </div>
  );
}

function Headline({ document: { offences } }: { readonly document: FidelityDocument }) {
  if (offences.length === 0) {
    return (
      <p class="fidelity-headline" role="status">
        {t('Nothing stands out: it copies no long run of words and lies among the real documents.')}
      </p>
    );
  }
  return (
    <ul class="fidelity-headline" role="status">
      {offences.map((offence) => (
        <li key={offence}>{offenceText(offence)}</li>
      ))}
    </ul>
  );
}

function Distance({ fidelity: { document, realNearest }, real }: Omit<ScoredProps, 'outdated'>) {
  const { nearest } = document;
  if (!nearest) {
    return (
      <section class="fidelity-section">
        <p class="muted">{t('There is no real document to compare it with.')}</p>
      </section>
    );
  }
  const distance = 1 - nearest.similarity;
  const to = Math.max(distance, realNearest?.high ?? 0) * 1.1 || 1;
  return (
    <section class="fidelity-section">
      <h2 class="section-heading">{t('Distance to the nearest real document')}</h2>
      <div class="fidelity-distance">
        <span class="fidelity-figure number">{figure(distance)}</span>
        <StripChart
          width={STRIP_WIDTH}
          strip={{
            value: distance,
            ...(realNearest ? { reference: realNearest } : {}),
            from: 0,
            to,
          }}
        />
      </div>
      <p class="muted number">
        {realNearest
          ? t(
              'Real documents lie {0} from their nearest real one ({1} to {2} for 95 of 100).',
              figure(realNearest.median),
              figure(realNearest.low),
              figure(realNearest.high),
            )
          : t('There are too few real documents to say how far they lie from each other.')}{' '}
        {plural(real, 'Compared with {0} real document.', 'Compared with {0} real documents.', integer(real))}
      </p>
    </section>
  );
}

function Nearest({ document: { nearest } }: { readonly document: FidelityDocument }) {
  const { send } = useView();
  if (!nearest) return null;
  return (
    <section class="fidelity-section">
      <h2 class="section-heading">{t('Nearest real document')}</h2>
      <button
        type="button"
        class="neighbour fidelity-nearest"
        title={t('Show in {0}', fileName(nearest.file))}
        onClick={() => send({ kind: 'fidelity-open', path: nearest.file, span: nearest.span })}
      >
        <span class="neighbour-title">{nearest.title === '' ? nearest.id : nearest.title}</span>
        <span class="neighbour-similarity number">{decimal(nearest.similarity)}</span>
        <span class="neighbour-id">
          {[
            nearest.id,
            fileName(nearest.file),
            ...(nearest.isParent ? [t('it was made from this')] : []),
          ].join(' · ')}
        </span>
      </button>
    </section>
  );
}

interface SharedProps {
  readonly document: FidelityDocument;
  readonly comparison: Comparison;
}

function Shared({ document, comparison }: SharedProps) {
  const { send } = useView();
  const { nearest, copied, file } = document;
  const { shared } = comparison;
  const open = (path: string, span: Span) => send({ kind: 'fidelity-open', path, span });
  const elsewhere = copied && copied.from.id !== nearest?.id ? copied : undefined;
  return (
    <section class="fidelity-section">
      <h2 class="section-heading">
        {t('What both share')} <span class="count number">{integer(shared.length)}</span>
      </h2>
      {shared.length === 0 && <p class="muted">{t('No run of words that is worth showing.')}</p>}
      <ul class="fidelity-runs">
        {shared.slice(0, LISTED).map((run) => (
          <Run
            key={`${run.span.start}`}
            words={run.words}
            passage={run.passage}
            here={() => open(file, run.span)}
            there={nearest ? () => open(nearest.file, run.otherSpan) : undefined}
          />
        ))}
      </ul>
      {elsewhere && (
        <>
          <p class="muted">
            {t(
              'Its longest run stands in another real document, {0}:',
              elsewhere.from.title === '' ? elsewhere.from.id : elsewhere.from.title,
            )}
          </p>
          <ul class="fidelity-runs">
            <Run
              words={elsewhere.words}
              passage={elsewhere.passage}
              here={() => open(file, elsewhere.span)}
              there={() => open(elsewhere.from.file, elsewhere.otherSpan)}
            />
          </ul>
        </>
      )}
      <p class="muted number">
        {t('{0} of its runs of 8 words stand in some real document.', percent(document.overlap))}
      </p>
      <div class="fidelity-texts">
        <MarkedText
          title={t('This document')}
          text={comparison.own}
          ranges={shared.map((run) => run.ownRange)}
          onOpen={(at) => open(file, shared[at]?.span ?? document.span)}
        />
        {nearest && (
          <MarkedText
            title={t('The real one')}
            text={comparison.nearest}
            ranges={shared.map((run) => run.nearestRange)}
            onOpen={(at) => open(nearest.file, shared[at]?.otherSpan ?? nearest.span)}
          />
        )}
      </div>
    </section>
  );
}

interface RunProps {
  readonly words: number;
  readonly passage: string;
  readonly here: () => void;
  readonly there: (() => void) | undefined;
}

const Run = ({ words, passage, here, there }: RunProps) => (
  <li>
    <q class="fidelity-passage">
      <mark class="shared-run">{passage}</mark>
    </q>
    <span class="fidelity-run-facts number">
      <span class="muted">{wordsText(words)}</span>
      <TextButton onPress={here}>{t('show here')}</TextButton>
      {there && <TextButton onPress={there}>{t('show in the real one')}</TextButton>}
    </span>
  </li>
);

interface MarkedTextProps {
  readonly title: string;
  readonly text: string;
  readonly ranges: readonly Span[];
  readonly onOpen: (range: number) => void;
}

/** The whole text with every shared run marked. The list above does for the keyboard what a click does here. */
function MarkedText({ title, text, ranges, onOpen }: MarkedTextProps) {
  const parts = useMemo(() => markedRanges(text, ranges), [text, ranges]);
  return (
    <div class="fidelity-text" tabIndex={0} role="group" aria-label={title}>
      <h3 class="muted">{title}</h3>
      <p>
        {parts.map((part, at) => {
          const { range } = part;
          if (range === undefined) return part.text;
          return (
            <mark key={at} class="shared-run" title={t('Show in the editor')} onClick={() => onOpen(range)}>
              {part.text}
            </mark>
          );
        })}
      </p>
    </div>
  );
}

function LabelsFound({ document: { labelFidelity } }: { readonly document: FidelityDocument }) {
  const { state } = useView();
  if (!labelFidelity) return null;
  const name = (id: string): string => state.taxonomy.find((label) => label.id === id)?.name ?? id;
  const { hits, misses, extra } = labelFidelity;
  const line = (id: string, icon: 'check' | 'close' | 'add', words: string) => (
    <li key={`${icon}${id}`}>
      <Icon name={icon} label={words} />
      <span>{name(id)}</span>
      <span class="muted">{words}</span>
    </li>
  );
  return (
    <section class="fidelity-section">
      <h2 class="section-heading">{t('Labels')}</h2>
      {hits.length + misses.length + extra.length === 0 && (
        <p class="muted">{t('It states no labels, and the classifier assigns none.')}</p>
      )}
      <ul class="fidelity-found">
        {hits.map((id) => line(id, 'check', t('found by the classifier')))}
        {misses.map((id) => line(id, 'close', t('not found')))}
        {extra.map((id) => line(id, 'add', t('found, not made for it')))}
      </ul>
    </section>
  );
}
