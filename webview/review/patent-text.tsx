/** A patent's text: sections and numbered claims, with what was found marked in place. */
import type { ReviewMark, ReviewPassage } from '../../src/protocol/review-view.ts';
import { Fragment } from 'preact';
import { pieces } from './pieces.ts';
import './patent-text.css';
import { markName, sectionTitle } from './wording.ts';

export function PatentText({ passages }: { readonly passages: readonly ReviewPassage[] }) {
  return (
    <div class="patent-text">
      {passages.map((passage, index) => (
        <Fragment key={index}>
          {passage.section !== 'title' && passage.section !== passages[index - 1]?.section && (
            <h3 class="section-heading">{sectionTitle(passage)}</h3>
          )}
          <Passage passage={passage} />
        </Fragment>
      ))}
    </div>
  );
}

function Passage({ passage }: { readonly passage: ReviewPassage }) {
  const { section, claim, text, marks } = passage;
  const content = pieces(text, marks).map((piece, at) =>
    piece.marks.length === 0 ? (
      text.slice(piece.start, piece.end)
    ) : (
      <Marked key={at} text={text.slice(piece.start, piece.end)} marks={piece.marks} />
    ),
  );
  if (section === 'title') return <h2 class="patent-title">{content}</h2>;
  return (
    <div class={`patent-passage ${claim === undefined ? '' : 'numbered'}`}>
      {claim !== undefined && <span class="claim-number muted number">{claim}.</span>}
      <p>{content}</p>
    </div>
  );
}

function Marked({ text, marks }: { readonly text: string; readonly marks: readonly ReviewMark[] }) {
  const kinds = [...new Set(marks.map(({ kind }) => kind))];
  return (
    <mark class={`mark ${kinds.join(' ')}`} title={marks.map(({ reason }) => reason).join('\n')}>
      {text}
      <span class="visually-hidden"> ({kinds.map(markName).join(', ')}) </span>
    </mark>
  );
}
