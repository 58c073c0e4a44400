/**
 * Nothing that is trained on may give away what is judged: no group, family, text or near-duplicate on both sides, and no
 * synthetic document that was made from a test document. A study that would leak does not run.
 */
import { PatentLabError } from '../errors.ts';
import type { Contamination } from '../leakage/contamination/contamination.ts';
import type { StudyCorpus, StudyDocument } from './corpus.ts';

/** Pairs that a message names. */
const NAMED = 5;

export interface Violation {
  readonly test: StudyDocument;
  readonly other: StudyDocument;
  readonly why: 'group' | 'parent' | 'near-duplicate';
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

/** The near-duplicates that a comparison of the documents found, those of one group left out. */
export function nearDuplicateViolations(
  { documents }: StudyCorpus,
  { pairs }: Contamination,
): readonly Violation[] {
  return pairs.flatMap(({ first, second, jaccard }): Violation[] => {
    const [a, b] = [documents[first], documents[second]];
    if (!a || !b || jaccard === undefined || a.group === b.group) return [];
    const [test, other] = a.role === 'test' ? [a, b] : [b, a];
    return test.role === 'test' && other.role !== 'test' ? [{ test, other, why: 'near-duplicate' }] : [];
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
    case 'near-duplicate':
      return `${other.id} is nearly the same text as the test document ${test.id}`;
  }
}
