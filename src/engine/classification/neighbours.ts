/** The nearest labelled patents of a document, by cosine of the embeddings the classifier itself uses. */
import { viewText, type View } from '../../core/patent/view.ts';
import type { Patent } from '../../core/patent/model.ts';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import type { Neighbour } from '../../protocol/engine.ts';
import type { Embedder } from '../encoder/embedder.ts';
import type { Task } from '../task.ts';

export interface NeighbourIndex {
  readonly documents: readonly LabelledDocument[];
  readonly labelNames: readonly string[];
  /** Row-major `[documents, dimension]`. */
  readonly embeddings: Float32Array;
  readonly dimension: number;
  readonly view: View;
  /** The encoder's identity. */
  readonly encoder: string;
}

/** Whether an index is by this encoder and of exactly these documents, which stay the same objects while their files are unchanged. */
export function isIndexOf(
  index: NeighbourIndex,
  documents: readonly LabelledDocument[],
  labelNames: readonly string[],
  view: View,
  encoder: string,
): boolean {
  const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
    a.length === b.length && a.every((value, i) => value === b[i]);
  return (
    index.encoder === encoder &&
    index.view === view &&
    same(index.labelNames, labelNames) &&
    index.documents.length === documents.length &&
    index.documents.every(({ patent, labels }, row) => {
      const other = documents[row];
      return other?.patent === patent && same(labels, other.labels);
    })
  );
}

export async function buildNeighbourIndex(
  documents: readonly LabelledDocument[],
  labelNames: readonly string[],
  view: View,
  embedder: Embedder,
  task: Task,
): Promise<NeighbourIndex> {
  const texts = documents.map((document) => viewText(document.patent, view).text);
  const embeddings = await embedder.embedAll(texts, task, 'Encoding labelled documents');
  const { dimension, identity } = embedder.encoder;
  return { documents, labelNames, embeddings, dimension, view, encoder: identity };
}

/** The `count` nearest; the document itself is none of them. */
export function nearestNeighbours(
  index: NeighbourIndex,
  embedding: Float32Array,
  isSelf: (patent: Patent) => boolean,
  count: number,
): readonly Neighbour[] {
  const similarity = index.documents.map((_, row) => {
    let total = 0;
    const start = row * index.dimension;
    for (let d = 0; d < index.dimension; d++)
      total += (index.embeddings[start + d] as number) * (embedding[d] as number);
    return total;
  });
  return index.documents
    .map((document, row) => ({ document, similarity: similarity[row] ?? 0 }))
    .filter(({ document }) => !isSelf(document.patent))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, count)
    .map(({ document, similarity: cosine }) => ({
      id: document.patent.id,
      title: document.patent.title?.text ?? '',
      labels: document.labels.map((label) => index.labelNames[label] ?? ''),
      similarity: cosine,
      path: document.patent.source.file,
      span: document.patent.source.span,
    }));
}
