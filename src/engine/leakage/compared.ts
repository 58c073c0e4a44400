/**
 * A document as comparisons between documents see it: title, abstract and claims with their way back into the file,
 * what it shares with its family, and the side of the split it stands on. Descriptions are left out: they are long, and
 * families share them anyway.
 */
import { groupKeys, type LabelledDocument } from '../../core/corpus/labelled.ts';
import type { ComparedDocument } from '../../core/leakage/contamination/contamination.ts';
import type { Patent, Provenance } from '../../core/patent/model.ts';
import { viewText, type ViewPart } from '../../core/patent/view.ts';
import type { Span } from '../../core/text/span.ts';
import { originOf, type Origin } from '../../core/corpus/origin.ts';

/** What is set aside for testing against everything a classifier may be trained on. */
export type Side = 'test' | 'train';

export interface Compared extends ComparedDocument {
  readonly id: string;
  readonly file: string;
  /** Which document of the file, from 0. */
  readonly index: number;
  readonly side: Side;
  readonly provenance: Provenance;
  readonly origin: Origin;
  /** Ids of its labels; absent where none are known. */
  readonly labels?: readonly string[];
  /** What `text` is made of. */
  readonly parts: readonly ViewPart[];
  /** Where to point at for the whole document: its first text or, without any, its record. */
  readonly head: Span;
}

export const TEST_SPLIT = 'test';

export const sideOf = ({ record }: Patent): Side => (record?.split === TEST_SPLIT ? 'test' : 'train');

export function comparedOf(patent: Patent, side = sideOf(patent), labels = patent.record?.labels): Compared {
  const { text, parts } = viewText(patent, 'TAC');
  const { id, source, record } = patent;
  return {
    id,
    file: source.file,
    index: source.index,
    side,
    provenance: record?.provenance ?? 'real',
    origin: originOf(patent),
    ...(labels === undefined ? {} : { labels }),
    text,
    keys: groupKeys(patent),
    parts,
    head: (patent.title ?? parts[0]?.passage ?? source).span,
  };
}

export const labelledCompared = (
  { patent, labels, split }: LabelledDocument,
  ids: readonly string[],
): Compared =>
  comparedOf(
    patent,
    split === TEST_SPLIT ? 'test' : 'train',
    labels.map((label) => ids[label] ?? ''),
  );

/**
 * Where in the file a stretch of `text` stands. One that runs over several passages is shown by the passage that holds
 * most of it: what stands between two passages of a file is not part of it.
 */
export function placeOf({ parts, head }: Pick<Compared, 'parts' | 'head'>, { start, end }: Span): Span {
  let best: Span | undefined;
  let most = 0;
  for (const part of parts) {
    const from = Math.max(start - part.start, 0);
    const to = Math.min(end - part.start, part.passage.text.length);
    if (to - from <= most) continue;
    const place = part.passage.map.toSource({ start: from, end: to });
    if (place) [best, most] = [place, to - from];
  }
  return best ?? head;
}
