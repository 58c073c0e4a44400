/** The document as text with what was found marked in it: sections, numbered claims and paragraphs, gaps stated. */
import type { ComponentChildren } from 'preact';
import { Fragment } from 'preact';
import { useMemo } from 'preact/hooks';
import type { LeakageShown, MarkedPassage, ShownFinding } from '../../src/protocol/leakage-view.ts';
import { TextButton } from '../ui/button.tsx';
import { integer } from '../ui/format.ts';
import { Icon } from '../ui/icons.tsx';
import { plural, t } from '../ui/strings.ts';
import { useView } from './context.ts';
import { sectionName } from './coverage.ts';
import type { Piece, Run } from './leakage-clusters.ts';
import { useFindingLabels } from './leakage-labels.ts';
import { drawnPassages, placeOf } from './leakage-model.ts';
import './leakage-passages.css';
import { FindingPopover } from './leakage-popover.tsx';
import { kindName, unseenName } from './leakage-wording.ts';
import { useOpenPlace } from './open-place.ts';

interface PassagesProps {
  readonly shown: LeakageShown;
  /** Positions of the findings that are marked. */
  readonly selected: ReadonlySet<number>;
  /** Number of the first place that stands in the text. */
  readonly first: number;
  readonly current: number | undefined;
  readonly onCurrent: (place: number) => void;
}

export function Passages({ shown, selected, first, current, onCurrent }: PassagesProps) {
  const { send } = useView();
  const { area, open, close } = useOpenPlace(onCurrent);
  const { passages, findings, leftOut, whole } = shown;
  const drawn = useMemo((): readonly (readonly Part[])[] => {
    let place = first;
    return drawnPassages(shown, selected).map((parts) =>
      parts.map((piece) => ({ piece, place: placeOf(piece) ? place++ : undefined })),
    );
  }, [shown, selected, first]);
  const trailing = leftOut - passages.reduce((sum, { skipped = 0 }) => sum + skipped, 0);
  const tabbable = current !== undefined && current >= first ? current : first;

  return (
    <div class="leakage-text" ref={area}>
      {passages.map((passage, index) => {
        const parts = drawn[index] ?? [];
        const opened = open === undefined ? undefined : parts.find(({ place }) => place === open);
        const about = opened && placeOf(opened.piece);
        return (
          <Fragment key={index}>
            <Skipped count={passage.skipped ?? 0} />
            {startsSection(passage, passages[index - 1]) && (
              <h3 class="section-heading leakage-section">
                {sectionName(passage.section)}
                {passage.language !== undefined && <span class="count">{passage.language}</span>}
              </h3>
            )}
            <DrawnPassage
              passage={passage}
              parts={parts}
              findings={findings}
              tabbable={parts.some(({ place }) => place === tabbable) ? tabbable : undefined}
              open={opened?.place}
            />
            {about && open !== undefined && (
              <FindingPopover
                key={open}
                place={open}
                findings={about.flatMap((finding) => findings[finding] ?? [])}
                onClose={close}
              />
            )}
          </Fragment>
        );
      })}
      <Skipped count={trailing} />
      {leftOut > 0 && (
        <TextButton class="show-passages" onPress={() => send({ kind: 'leakage-show-all', all: true })}>
          {t('Show the whole text')}
        </TextButton>
      )}
      {whole && (
        <TextButton class="show-passages" onPress={() => send({ kind: 'leakage-show-all', all: false })}>
          {t('Show only what is near a finding')}
        </TextButton>
      )}
    </div>
  );
}

interface Part {
  readonly piece: Piece;
  /** Number of the place it is; text is none. */
  readonly place: number | undefined;
}

interface DrawnPassageProps {
  readonly passage: MarkedPassage;
  readonly parts: readonly Part[];
  readonly findings: readonly ShownFinding[];
  /** Place of this passage that Tab leads to, and the one whose popover is open. */
  readonly tabbable: number | undefined;
  readonly open: number | undefined;
}

/** Kept as it is while nothing of it changes: a long patent has thousands of marks, and the pointer passes over them. */
function DrawnPassage({ passage, parts, findings, tabbable, open }: DrawnPassageProps) {
  return useMemo(
    () => (
      <PassageBlock passage={passage}>
        {parts.map(({ piece, place }, at) => (
          <DrawnPiece
            key={at}
            piece={piece}
            text={passage.text}
            findings={findings}
            place={place}
            tabbable={place !== undefined && place === tabbable}
            open={place !== undefined && place === open}
          />
        ))}
      </PassageBlock>
    ),
    [passage, parts, findings, tabbable, open],
  );
}

function startsSection(passage: MarkedPassage, before: MarkedPassage | undefined): boolean {
  return passage.section !== before?.section || passage.language !== before.language;
}

function Skipped({ count }: { readonly count: number }) {
  if (count <= 0) return null;
  return (
    <p class="passages-skipped muted number">
      {plural(count, '{0} passage without findings', '{0} passages without findings', integer(count))}
    </p>
  );
}

interface PassageBlockProps {
  readonly passage: MarkedPassage;
  readonly children: ComponentChildren;
}

function PassageBlock({ passage, children }: PassageBlockProps) {
  const { section, claim, number, heading, language } = passage;
  if (heading) {
    return (
      <h4 class="leakage-heading" lang={language}>
        {children}
      </h4>
    );
  }
  const numbering = claim === undefined ? number : `${claim}.`;
  return (
    <div class={`leakage-passage ${section}`}>
      {numbering !== undefined && <span class="passage-number muted number">{numbering}</span>}
      <p lang={language}>{children}</p>
    </div>
  );
}

interface DrawnPieceProps {
  readonly piece: Piece;
  readonly text: string;
  readonly findings: readonly ShownFinding[];
  readonly place: number | undefined;
  readonly tabbable: boolean;
  readonly open: boolean;
}

function DrawnPiece({ piece, text, findings, place, tabbable, open }: DrawnPieceProps) {
  const rest = { findings, place: place ?? 0, tabbable, open };
  switch (piece.kind) {
    case 'text': {
      const part = text.slice(piece.start, piece.end);
      return piece.wide ? <span class="wide">{part}</span> : part;
    }
    case 'anchor':
      return (
        <PlaceButton {...rest} about={piece.findings} words={t('Passage')} class="anchor">
          <Icon name="document" />
        </PlaceButton>
      );
    case 'cluster': {
      const { start, end, runs, findings: about } = piece.cluster;
      return (
        <PlaceButton {...rest} about={about} words={text.slice(start, end)} class={piece.wide ? 'wide' : ''}>
          {runs.map((run) => (
            <MarkedRun key={run.start} run={run} text={text} findings={findings} />
          ))}
        </PlaceButton>
      );
    }
  }
}

interface PlaceButtonProps {
  readonly place: number;
  readonly about: readonly number[];
  readonly findings: readonly ShownFinding[];
  /** What stands there. */
  readonly words: string;
  readonly tabbable: boolean;
  readonly open: boolean;
  readonly class: string;
  readonly children: ComponentChildren;
}

/** A span, not a button: it must break across lines as the text does. */
function PlaceButton({ place, about, findings, words, tabbable, open, children, ...rest }: PlaceButtonProps) {
  const labels = useFindingLabels();
  const kinds = about.flatMap((index) => {
    const finding = findings[index];
    if (!finding) return [];
    const name = finding.label === undefined ? undefined : labels(finding.label)?.name;
    return [name === undefined ? kindName(finding.kind) : `${kindName(finding.kind)}, ${name}`];
  });
  return (
    <span
      role="button"
      class={`leak ${rest.class} ${open ? 'open' : ''}`}
      data-place={place}
      tabIndex={tabbable ? 0 : -1}
      aria-label={`${unseenName(words) ?? words}: ${kinds.join('; ')}`}
      aria-expanded={open}
    >
      {children}
    </span>
  );
}

const RANK = { warning: 0, information: 1, hint: 2 } as const;

/** Where marks overlap, the graver one shows; of equally grave ones the one that begins last, which is the inner one. */
function MarkedRun({
  run,
  text,
  findings,
}: {
  readonly run: Run;
  readonly text: string;
  readonly findings: readonly ShownFinding[];
}) {
  const labels = useFindingLabels();
  const shown = run.findings
    .flatMap((index) => findings[index] ?? [])
    .reduceRight<ShownFinding | undefined>(
      (best, one) => (best && RANK[best.severity] <= RANK[one.severity] ? best : one),
      undefined,
    );
  const content = text.slice(run.start, run.end);
  const unseen = unseenName(content);
  const hue = shown?.label === undefined ? undefined : labels(shown.label)?.hue;
  return (
    <span
      class={`run ${shown?.kind ?? ''} ${hue === undefined ? '' : 'hued'} ${unseen === undefined ? '' : 'unseen'}`}
      style={hue === undefined ? undefined : { '--hue': hue }}
    >
      {unseen ?? content}
    </span>
  );
}
