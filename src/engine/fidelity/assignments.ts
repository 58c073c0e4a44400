/**
 * What a classifier makes of synthetic documents, beside the labels they were made for. Only documents that it has not
 * seen can judge it, or be judged by it.
 */
import type { Assignments } from '../../core/fidelity/label-fidelity.ts';
import { classifierLogits } from '../../core/learning/linear-classifier.ts';
import { tfidfOfText } from '../../core/learning/tfidf.ts';
import { fromLogOdds } from '../../core/learning/thresholds.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import type { Embedder } from '../encoder/embedder.ts';
import type { Task } from '../task.ts';
import { seenPatents } from '../training/seen.ts';
import type { ScoredDocument } from './documents.ts';

export interface Judged {
  readonly assignments: Assignments;
  /** Documents that the classifier was trained on, and that are therefore not judged. */
  readonly seen: number;
}

/** A classifier, and the encoder that it reads with, which need not be the one that documents are compared by. */
export interface Judge {
  readonly classifier: StoredClassifier;
  readonly embedder: Embedder;
}

export async function assignmentsOf(
  documents: readonly ScoredDocument[],
  { classifier: { description, model, vocabulary }, embedder }: Judge,
  task: Task,
): Promise<Judged> {
  const labels = description.labels.map(({ id, name }) => ({ id, name }));
  const position = new Map(labels.map(({ id }, at) => [id, at]));
  const seen = seenPatents(
    documents.map(({ patent }) => patent),
    description,
  );
  const texts = documents.map(({ text }) => text);
  const embeddings = await embedder.embedAll(texts, task, 'Encoding synthetic documents');
  const { dimension } = embedder.encoder;
  const assigned: (readonly number[])[] = [];
  for (const [row, text] of texts.entries()) {
    if (row % 64 === 0) await task.checkpoint();
    const embedding = embeddings.subarray(row * dimension, (row + 1) * dimension);
    const logits = classifierLogits(model, embedding, tfidfOfText(text, vocabulary));
    assigned.push(
      Array.from(logits).flatMap((logit, label) =>
        fromLogOdds(logit) >= (description.labels[label]?.threshold ?? 1) ? [label] : [],
      ),
    );
  }
  return {
    seen: seen.size,
    assignments: {
      labels,
      assigned,
      intended: documents.map(({ labels: own, patent }) =>
        own === null || seen.has(patent) ? null : own.flatMap((id) => position.get(id) ?? []),
      ),
    },
  };
}
