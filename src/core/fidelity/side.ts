/** The different texts of one side of a comparison. */
import { selectRows, type Embeddings } from './embeddings.ts';
import type { FidelitySet, FidelityText } from './facts.ts';

export interface Side {
  /** Positions in the whole set, the first of each text. */
  readonly rows: readonly number[];
  readonly documents: readonly FidelityText[];
  readonly embeddings: Embeddings;
}

export const sideOf = ({ documents, embeddings }: FidelitySet, rows: readonly number[]): Side => ({
  rows,
  documents: rows.flatMap((row) => documents[row] ?? []),
  embeddings: selectRows(embeddings, rows),
});

/** Why a score is not told: the number of different texts on the side that has too few. */
export function tooFew(real: number, synthetic: number, fewest: number): string | undefined {
  if (real < fewest) return `${real} different real documents; ${fewest} are needed.`;
  if (synthetic < fewest) return `${synthetic} different synthetic documents; ${fewest} are needed.`;
  return undefined;
}
