/** Why two documents must not stand on both sides of a split, with the passage that a person can look at. */
import { longestSharedPassage, type SharedPassage } from '../../core/text/shared-passage.ts';
import type { Finding, RelatedDocument } from '../../core/leakage/finding.ts';
import type { Span } from '../../core/text/span.ts';
import type { ContaminationPair } from '../../protocol/audit.ts';
import { placeOf, type Compared } from './compared.ts';

export type PairReason = ContaminationPair['why'];

export interface ExplainedPair {
  readonly why: PairReason;
  readonly jaccard?: number;
  /** Words of the longest passage that both have; 0 where they share none. */
  readonly words: number;
  readonly passage: string;
  readonly firstSpan: Span;
  readonly secondSpan: Span;
}

/** A shared passage is shown where it is more than a turn of phrase. [ours] */
const LEAST_WORDS = 8;
/** Characters of a passage that are shown. [ours] */
const SHOWN = 200;

export const shortened = (text: string): string =>
  text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1).trimEnd()}…`;

/** @param jaccard similarity of the shingle sets, where it reaches the threshold. */
export function explain(first: Compared, second: Compared, jaccard: number | undefined): ExplainedPair {
  const shared = longestSharedPassage(first.text, second.text);
  const shown = shared && shared.words >= LEAST_WORDS ? shared : undefined;
  return {
    why: reasonOf(first, second, jaccard),
    ...(jaccard === undefined ? {} : { jaccard }),
    words: shared?.words ?? 0,
    passage: shown ? shortened(first.text.slice(shown.first.start, shown.first.end)) : '',
    firstSpan: spanOf(first, shown, 'first'),
    secondSpan: spanOf(second, shown, 'second'),
  };
}

const spanOf = (document: Compared, shared: SharedPassage | undefined, which: 'first' | 'second'): Span =>
  shared ? placeOf(document, shared[which]) : document.head;

function reasonOf(first: Compared, second: Compared, jaccard: number | undefined): PairReason {
  if (jaccard === 1 || first.keys.some((key) => key.startsWith('t:') && second.keys.includes(key))) {
    return 'same-text';
  }
  return jaccard === undefined ? 'same-family' : 'near-duplicate';
}

/** What the pair has to do with each other, as the end of a sentence that names the other document. */
export function inWords({ why, jaccard, words }: ExplainedPair): string {
  switch (why) {
    case 'same-text':
      return 'has the same text';
    case 'near-duplicate':
      return `is a near-duplicate (similarity ${(jaccard ?? 0).toFixed(2)}, ${words} words in a row are the same)`;
    case 'same-family':
      return 'is of the same family';
  }
}

export function relatedOf(document: Compared, span: Span, passage: string): RelatedDocument {
  const { id, file } = document;
  return { id, file, span, ...(passage === '' ? {} : { passage }) };
}

/** The finding about the first document of a pair that stands on both sides of the split. */
export function contaminationFinding(first: Compared, second: Compared, pair: ExplainedPair): Finding {
  const [testId, otherId] = first.side === 'test' ? [first.id, second.id] : [second.id, first.id];
  const other = first.side === 'test' ? second : first;
  const what = other.provenance === 'synthetic' ? `the synthetic ${otherId}` : otherId;
  const reason = `${second.id}, on the other side of the split, ${inWords(pair)}: a test on ${testId} measures memory of ${what}.`;
  return {
    kind: 'contamination',
    severity: 'warning',
    span: pair.firstSpan,
    text: pair.passage,
    reason,
    related: relatedOf(second, pair.secondSpan, pair.passage),
  };
}
