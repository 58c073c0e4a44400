/**
 * Nothing that is trained on may give away what is judged. A group, family or text on both sides, or a synthetic document
 * that was made from a test document, is a mistake in the study's set-up: it does not run. Near-duplicates without such
 * a link are in every collection of patents: the training document is left out and named.
 */
import { PatentLabError } from '../errors.ts';
import type { Contamination } from '../leakage/contamination/contamination.ts';
import type { StudyCorpus, StudyDocument } from './corpus.ts';

/** Pairs that a message names. */
const NAMED = 5;

export interface Violation {
  readonly test: StudyDocument;
  readonly other: StudyDocument;
  readonly why: 'group' | 'parent';
}

/** Test documents that share a group with a training one, or that a synthetic document was made from. */
export function groupViolations({ documents, test }: StudyCorpus): readonly Violation[] {
  const tested = new Map<string, StudyDocument>();
  for (const row of test) {
    const document = documents[row];
    if (document) tested.set(document.group, document);
  }
  return documents.flatMap((other): Violation[] => {
    if (other.role === 'test') return [];
    const parent = other.parents.map((row) => documents[row]).find((document) => document?.role === 'test');
    if (parent) return [{ test: parent, other, why: 'parent' }];
    const same = tested.get(other.group);
    return same ? [{ test: same, other, why: 'group' }] : [];
  });
}

/**
 * Training documents that a comparison found to be nearly the text of a test document, and synthetic ones that were made
 * from such a document; each with the test document that it gives away.
 */
export function nearDuplicates(
  { documents }: StudyCorpus,
  { pairs }: Contamination,
): ReadonlyMap<number, StudyDocument> {
  const found = new Map<number, StudyDocument>();
  for (const { first, second, jaccard } of pairs) {
    const [a, b] = [documents[first], documents[second]];
    if (!a || !b || jaccard === undefined) continue;
    if (a.role === 'test' && b.role !== 'test') found.set(second, a);
    if (b.role === 'test' && a.role !== 'test') found.set(first, b);
  }
  documents.forEach(({ parents }, row) => {
    const test = parents.map((parent) => found.get(parent)).find((one) => one !== undefined);
    if (test && !found.has(row)) found.set(row, test);
  });
  return found;
}

/** Says which documents were left out for that. */
export function leftOut(corpus: StudyCorpus, found: ReadonlyMap<number, StudyDocument>): PatentLabError {
  const named = [...found].map(([row, test]) => `${corpus.documents[row]?.id ?? ''} (${test.id})`);
  const [first] = found.keys();
  return new PatentLabError({
    code: 'study-leaks',
    message: `${found.size === 1 ? 'One training document is' : `${found.size} training documents are`} nearly the text of a test document, or made from one that is, and left out: ${named.join(', ')}.`,
    remedy: 'Nothing needs to be done; Audit Corpus for Leakage shows the pairs.',
    place: { file: corpus.documents[first ?? -1]?.file ?? '' },
  });
}

/** @throws PatentLabError `study-leaks` that names the documents */
export function refuseViolations(violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  const named = violations.slice(0, NAMED).map(sentence).join('; ');
  const more = violations.length > NAMED ? `; and ${violations.length - NAMED} more` : '';
  const [first] = violations;
  throw new PatentLabError({
    code: 'study-leaks',
    message: `Training and test documents are not apart: ${named}${more}.`,
    remedy:
      'Move them to the same side (Audit Corpus for Leakage lists them with Quick Fixes), or leave them out of the study’s files.',
    place: { file: first?.other.file ?? '' },
  });
}

function sentence({ test, other, why }: Violation): string {
  switch (why) {
    case 'parent':
      return `${other.id} was made from the test document ${test.id}`;
    case 'group':
      return `${other.id} is of the same family or text as the test document ${test.id}`;
  }
}
