/**
 * Which documents a classifier has seen: a classifier keeps short hashes of its training documents' groups and texts,
 * and an evaluation counts the documents that share one. A test on what was trained on measures memory.
 */
import { groupKeys, type LabelledDocument } from '../../core/corpus/labelled.ts';
import { sha256 } from '../classifier/store.ts';

/** Digits kept of each hash: enough that a chance match among a million documents is unlikely. */
const DIGITS = 16;

const hashes = (document: LabelledDocument): readonly string[] =>
  groupKeys(document.patent).map((key) => sha256(key).slice(0, DIGITS));

/** All hashes, sorted, separated by blanks. */
export const trainingGroupKeys = (documents: readonly LabelledDocument[]): string =>
  [...new Set(documents.flatMap(hashes))].sort().join(' ');

/** The documents of which the classifier has seen the group or the text. */
export function seenDocuments(
  documents: readonly LabelledDocument[],
  classifier: { readonly training: { readonly groupKeys: string } },
): readonly LabelledDocument[] {
  const seen = new Set(classifier.training.groupKeys.split(' '));
  return documents.filter((document) => hashes(document).some((hash) => seen.has(hash)));
}
