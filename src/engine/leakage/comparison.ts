/** All documents of some corpora against each other: what stands on both sides of the split, and what was copied. */
import { contaminationSteps, type ContaminatedPair } from '../../core/leakage/contamination/contamination.ts';
import type { Task } from '../task.ts';
import type { Compared } from './compared.ts';
import { CopySources, type Copy } from './copied.ts';

const STAGES = {
  reading: 'Reading for comparison',
  sorting: 'Looking for doubles',
  comparing: 'Comparing doubles',
} as const;

export interface CrossingPair {
  readonly test: Compared;
  readonly other: Compared;
  readonly jaccard?: number;
}

export interface CrossingPairs {
  readonly pairs: readonly CrossingPair[];
  readonly leftOut: number;
}

/** Pairs of a test document and another one, in the order of the test documents; the most similar ones first. */
export async function crossingPairs(documents: readonly Compared[], task: Task): Promise<CrossingPairs> {
  if (!documents.some(({ side }) => side === 'test') || documents.every(({ side }) => side === 'test')) {
    return { pairs: [], leftOut: 0 };
  }
  const steps = contaminationSteps(
    documents,
    documents.map(({ side }) => side),
  );
  for (;;) {
    const step = steps.next();
    if (step.done) {
      const pairs = step.value.pairs.flatMap((pair) => crossing(documents, pair));
      const at = new Map(documents.map((document, position) => [document, position]));
      const order = (pair: CrossingPair): number => at.get(pair.test) ?? 0;
      pairs.sort((a, b) => order(a) - order(b) || (b.jaccard ?? 0) - (a.jaccard ?? 0));
      return { pairs, leftOut: step.value.leftOut };
    }
    task.progress(STAGES[step.value.stage], step.value.done, step.value.total);
    await task.checkpoint();
  }
}

function crossing(
  documents: readonly Compared[],
  { first, second, jaccard }: ContaminatedPair,
): CrossingPair[] {
  const [one, other] = [documents[first], documents[second]];
  if (!one || !other) return [];
  const [test, rest] = one.side === 'test' ? [one, other] : [other, one];
  return [{ test, other: rest, ...(jaccard === undefined ? {} : { jaccard }) }];
}

export interface DocumentCopies {
  readonly document: Compared;
  readonly copies: readonly Copy[];
}

/** The synthetic documents that took over passages of real ones. */
export async function* copyingDocuments(
  documents: readonly Compared[],
  task: Task,
): AsyncGenerator<DocumentCopies> {
  const synthetic = documents.filter(({ provenance }) => provenance === 'synthetic');
  if (synthetic.length === 0) return;
  const sources = await CopySources.of(documents, task);
  for (const [at, document] of synthetic.entries()) {
    await task.checkpoint();
    if (at % 16 === 0) task.progress('Looking for copied passages', at, synthetic.length);
    const copies = sources.copies(document);
    if (copies.length > 0) yield { document, copies };
  }
}
