/** A classifier on labelled documents it was not trained on. */
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import type { Taxonomy } from '../../core/corpus/taxonomy.ts';
import { classifierLogits } from '../../core/learning/linear-classifier.ts';
import { fromLogOdds } from '../../core/learning/thresholds.ts';
import { tfidfOfText } from '../../core/learning/tfidf.ts';
import { evaluateMultilabel, type Evaluation } from '../../core/metrics/evaluate.ts';
import { viewText } from '../../core/patent/view.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import type { Embedder } from '../encoder/embedder.ts';
import type { Task } from '../task.ts';

export async function evaluateClassifier(
  classifier: StoredClassifier,
  documents: readonly LabelledDocument[],
  embedder: Embedder,
  task: Task,
  options: { readonly seed: number; readonly resamples: number },
): Promise<Evaluation> {
  const columns = classifier.description.labels.length;
  const rows = documents.length;
  const texts = documents.map((document) => viewText(document.patent, classifier.description.view).text);
  const embeddings = await embedder.embedAll(texts, task, 'Encoding test documents');
  const { dimension } = embedder.encoder;
  const truth = new Uint8Array(rows * columns);
  const assigned = new Uint8Array(rows * columns);
  const probabilities = new Float64Array(rows * columns);
  documents.forEach((document, row) => {
    for (const label of document.labels) truth[row * columns + label] = 1;
    const words = tfidfOfText(texts[row] ?? '', classifier.vocabulary);
    const embedding = embeddings.subarray(row * dimension, (row + 1) * dimension);
    classifierLogits(classifier.model, embedding, words).forEach((logit, label) => {
      const cell = row * columns + label;
      const probability = fromLogOdds(logit);
      probabilities[cell] = probability;
      assigned[cell] = probability >= (classifier.description.labels[label]?.threshold ?? 1) ? 1 : 0;
    });
  });
  return evaluateMultilabel(
    { rows, columns, data: truth },
    { rows, columns, data: probabilities },
    { rows, columns, data: assigned },
    { ...options, groups: documents.map((document) => document.group) },
  );
}

/** The classifier's own labels as a taxonomy, for corpora that are read without one. */
export function classifierTaxonomy(classifier: StoredClassifier): Taxonomy {
  const { labels, taxonomy } = classifier.description;
  return {
    name: taxonomy.name,
    labels: labels.map(({ id, name }) => ({ id, name })),
    index: new Map(labels.map(({ id }, position) => [id, position])),
  };
}
