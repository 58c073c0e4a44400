/**
 * The text of a passage. Each stretch knows where it begins in the text, so that a selection on the page is a range of
 * the text; references to claims are links.
 */
import { memo } from 'preact/compat';
import type { PreviewPassage, PreviewReference } from '../../src/protocol/preview-view.ts';
import { t } from '../ui/strings.ts';

interface PassageTextProps {
  readonly passage: PreviewPassage;
  readonly onClaim: (number: number) => void;
}

export const PassageText = memo(function PassageText({ passage, onClaim }: PassageTextProps) {
  return (
    <>
      {lines(passage.text).map(({ start, end }) => (
        <span key={start} class="line">
          {stretches(passage, start, end).map((stretch) =>
            stretch.reference ? (
              <ClaimLink
                key={stretch.start}
                at={stretch.start}
                text={passage.text.slice(stretch.start, stretch.end)}
                reference={stretch.reference}
                onClaim={onClaim}
              />
            ) : (
              <span key={stretch.start} data-at={stretch.start}>
                {passage.text.slice(stretch.start, stretch.end)}
              </span>
            ),
          )}
        </span>
      ))}
    </>
  );
});

interface ClaimLinkProps {
  readonly at: number;
  readonly text: string;
  readonly reference: PreviewReference;
  readonly onClaim: (number: number) => void;
}

function ClaimLink({ at, text, reference, onClaim }: ClaimLinkProps) {
  const [first] = reference.claims;
  return (
    <a
      href="#"
      class="claim-link"
      data-at={at}
      // Reached from its passage: a text has too many of them to tab through.
      tabIndex={-1}
      title={first === undefined ? undefined : t('Go to claim {0}', first)}
      onClick={(event) => {
        event.preventDefault();
        if (first !== undefined) onClaim(first);
      }}
    >
      {text}
    </a>
  );
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function lines(text: string): Range[] {
  const found: Range[] = [];
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    if (end > start) found.push({ start, end });
    start = end + 1;
  }
  if (start < text.length || found.length === 0) found.push({ start, end: text.length });
  return found;
}

/** A line cut at its references; a reference that runs over the line's end is a link in both lines. */
export function stretches(
  { references }: PreviewPassage,
  start: number,
  end: number,
): readonly (Range & { readonly reference?: PreviewReference })[] {
  const found: (Range & { readonly reference?: PreviewReference })[] = [];
  let at = start;
  for (const reference of references) {
    const from = Math.max(at, reference.start);
    const to = Math.min(end, reference.end);
    if (from >= to) continue;
    if (from > at) found.push({ start: at, end: from });
    found.push({ start: from, end: to, reference });
    at = to;
  }
  if (at < end) found.push({ start: at, end });
  return found;
}
