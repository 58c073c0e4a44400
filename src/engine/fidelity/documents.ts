/** Documents as fidelity sees them: the text that is compared, with its way back into the file, and where they come from. */
import type { Origin } from '../../core/corpus/origin.ts';
import { originOf } from '../../core/corpus/origin.ts';
import type { Verdict } from '../../core/corpus/synthetic-review.ts';
import { embeddings, type Embeddings } from '../../core/fidelity/embeddings.ts';
import type { FidelitySet, FidelityText } from '../../core/fidelity/facts.ts';
import { wordsOnly } from '../../core/fidelity/unique.ts';
import type { Patent } from '../../core/patent/model.ts';
import { viewText, type View, type ViewPart } from '../../core/patent/view.ts';
import type { Span } from '../../core/text/span.ts';
import type { PlacedDocument } from '../../protocol/fidelity.ts';
import type { Embedder } from '../encoder/embedder.ts';
import { encoderName } from '../encoder/spec.ts';
import type { Task } from '../task.ts';

export interface ScoredDocument extends FidelityText, PlacedDocument {
  /** Which document of its file, from 0. */
  readonly index: number;
  /** Ids of its labels; null where it states none. */
  readonly labels: readonly string[] | null;
  readonly origin: Origin;
  readonly verdict?: Verdict;
  /** What `text` is made of, and where to point at for the whole document. */
  readonly parts: readonly ViewPart[];
  readonly head: Span;
  readonly patent: Patent;
}

export function scoredDocument(
  patent: Patent,
  view: View,
  labels: readonly string[] | null,
  verdict?: Verdict,
): ScoredDocument {
  const { text, parts } = viewText(patent, view);
  const { id, source, title, claims } = patent;
  const origin = originOf(patent);
  return {
    id,
    file: source.file,
    index: source.index,
    span: source.span,
    title: title?.text ?? '',
    labels,
    origin,
    parents: origin.parents,
    ...(verdict ? { verdict } : {}),
    text,
    claims: claims.map(({ number, text: claim, dependsOn }) => ({
      number,
      text: claim,
      isDependent: dependsOn.length > 0,
    })),
    parts,
    head: (title ?? parts[0]?.passage ?? source).span,
    patent,
  };
}

export const placed = ({ id, file, span, title }: ScoredDocument): PlacedDocument => ({
  id,
  file,
  span,
  title,
});

/** Documents that are looked through between two chances for other work. */
const DOCUMENTS_AT_ONCE = 256;

/** With embeddings from the shared cache; a text without words has none, and zeros stand for it. */
export async function encodedSet(
  documents: readonly ScoredDocument[],
  embedder: Embedder,
  task: Task,
  message: string,
): Promise<FidelitySet> {
  const { dimension, spec } = embedder.encoder;
  const spoken: number[] = [];
  for (const [row, { text }] of documents.entries()) {
    if (row % DOCUMENTS_AT_ONCE === 0) await task.checkpoint();
    if (wordsOnly(text) !== '') spoken.push(row);
  }
  const texts = spoken.map((row) => documents[row]?.text ?? '');
  const found = await embedder.embedAll(texts, task, message);
  const data = new Float32Array(documents.length * dimension);
  spoken.forEach((row, at) => {
    data.set(found.subarray(at * dimension, (at + 1) * dimension), row * dimension);
  });
  const rows: Embeddings = embeddings(data, dimension);
  return { documents, embeddings: rows, encoder: encoderName(spec) };
}
