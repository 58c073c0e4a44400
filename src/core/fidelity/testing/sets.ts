/** Made-up documents with made-up embeddings, for tests. */
import { Random } from '../../random.ts';
import { embeddings } from '../embeddings.ts';
import type { FidelitySet, FidelityText } from '../facts.ts';

const WORDS = 'lever frame strap pump seat valve sensor handle wheel brace pad cord'.split(' ');

export interface Making {
  readonly count: number;
  readonly seed: number;
  readonly dimension?: number;
  /** Moves all embeddings to one side. */
  readonly shift?: number;
  readonly prefix?: string;
  readonly texts?: readonly string[];
}

/** Random texts of 30 words; random directions around a common one. */
export function makeSet({
  count,
  seed,
  dimension = 8,
  shift = 0,
  prefix = 'd',
  texts = [],
}: Making): FidelitySet {
  const random = new Random(seed);
  const documents = Array.from({ length: count }, (_, at): FidelityText => {
    const words = Array.from({ length: 30 }, () => WORDS[random.integer(WORDS.length)] ?? '');
    return { id: `${prefix}${at}`, text: texts[at] ?? words.join(' '), claims: [], parents: [] };
  });
  const data = Array.from({ length: count }, () => {
    const row = Array.from({ length: dimension }, (_, k) => random.uniform() - 0.3 + (k === 0 ? shift : 0));
    const length = Math.hypot(...row);
    return row.map((value) => value / length);
  });
  return { documents, embeddings: embeddings(Float32Array.from(data.flat()), dimension) };
}

/** Some documents of a set, under ids of their own. */
export const taken = (
  { documents, embeddings: { data, dimension } }: FidelitySet,
  count: number,
): FidelitySet => ({
  documents: documents.slice(0, count).map((document) => ({ ...document, id: `taken-${document.id}` })),
  embeddings: embeddings(data.slice(0, count * dimension), dimension),
});

export function joined(a: FidelitySet, b: FidelitySet): FidelitySet {
  const data = new Float32Array(a.embeddings.data.length + b.embeddings.data.length);
  data.set(a.embeddings.data);
  data.set(b.embeddings.data, a.embeddings.data.length);
  return {
    documents: [...a.documents, ...b.documents],
    embeddings: embeddings(data, a.embeddings.dimension),
  };
}
