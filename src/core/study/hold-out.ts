/**
 * Test documents where nobody set any aside: a share of the real documents, by whole groups and balanced over labels.
 * What synthetic documents were made from, or shown as examples, is never among them.
 */
import { stratifiedGroupFolds } from '../corpus/folds.ts';
import { Random } from '../random.ts';

/** Share of the real documents that is held out to judge on. [ours] */
export const HELD_OUT = 0.3;
/** Always the same documents, so that two studies of a corpus judge on the same ones. [ours] */
const SEED = 0;

export interface HeldOutInput {
  readonly id: string;
  readonly group: string;
  /** Positions of labels. */
  readonly labels: readonly number[];
}

/**
 * Rows that are held out: about {@link HELD_OUT} of all, fewer where too many are sources.
 * @param sources ids of the documents that synthetic ones go back to; their groups stay in training
 */
export function heldOutRows(
  documents: readonly HeldOutInput[],
  labelCount: number,
  sources: ReadonlySet<string>,
): ReadonlySet<number> {
  const kept = new Set(documents.filter(({ id }) => sources.has(id)).map(({ group }) => group));
  const free = [...documents.keys()].filter((row) => !kept.has(documents[row]?.group ?? ''));
  const folds = Math.max(2, Math.round(free.length / (HELD_OUT * documents.length)));
  const fold = stratifiedGroupFolds(
    {
      groups: free.map((row) => documents[row]?.group ?? ''),
      labels: free.map((row) => documents[row]?.labels ?? []),
      labelCount,
    },
    folds,
    new Random(SEED),
  );
  return new Set(free.filter((_, at) => fold[at] === 0));
}
