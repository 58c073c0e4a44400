/**
 * Which documents a classifier has seen: a classifier keeps short hashes of its training documents' groups and texts,
 * and an evaluation counts the documents that share one. A test on what was trained on measures memory.
 */
import { groupKeys, type LabelledDocument } from '../../core/corpus/labelled.ts';
import type { Patent } from '../../core/patent/model.ts';
import { sha256 } from '../classifier/store.ts';

/** Digits kept of each hash: enough that a chance match among a million documents is unlikely. */
const DIGITS = 16;

const hashes = (patent: Patent): readonly string[] =>
  groupKeys(patent).map((key) => sha256(key).slice(0, DIGITS));

/** All hashes, sorted, separated by blanks. */
export const trainingGroupKeys = (documents: readonly LabelledDocument[]): string =>
  [...new Set(documents.flatMap(({ patent }) => hashes(patent)))].sort().join(' ');

interface Trained {
  readonly training: { readonly groupKeys: string };
}

/** The documents of which the classifier has seen the group or the text. */
export function seenDocuments(
  documents: readonly LabelledDocument[],
  classifier: Trained,
): readonly LabelledDocument[] {
  const seen = seenPatents(
    documents.map(({ patent }) => patent),
    classifier,
  );
  return documents.filter(({ patent }) => seen.has(patent));
}

export function seenPatents(patents: readonly Patent[], { training }: Trained): ReadonlySet<Patent> {
  const seen = new Set(training.groupKeys.split(' '));
  return new Set(patents.filter((patent) => hashes(patent).some((hash) => seen.has(hash))));
}
