/** How a state of a training does on the documents held out, read as the finished classifier will read them. */
import { classifierLogits, type LinearClassifier } from '../../core/learning/linear-classifier.ts';
import { trainedHead, type Model } from '../../core/learning/finetune/step.ts';
import type { SparseVector } from '../../core/learning/tfidf.ts';
import { bestThreshold } from '../../core/learning/thresholds.ts';
import { microAveragePrecision } from '../../core/metrics/average-precision.ts';
import type { EpochRecord } from './checkpoint.ts';
import type { Task } from '../task.ts';
import type { Sessions } from './sessions.ts';
import type { ReadText } from './texts.ts';

export interface ValidationData {
  readonly texts: readonly ReadText[];
  /** TF-IDF in the vocabulary of the head that training began with, one a document. */
  readonly words: readonly SparseVector[];
  /** 0/1, row-major `[documents, labels]`. */
  readonly targets: Uint8Array;
  readonly labels: number;
  readonly dimension: number;
}

export interface Validated {
  /** Row-major `[documents, labels]`. */
  readonly logits: Float64Array;
  readonly head: LinearClassifier;
}

/** @param start the head that training began with */
export async function validated(
  parameters: Float32Array,
  model: Pick<Model, 'layout' | 'labels'>,
  start: LinearClassifier,
  data: ValidationData,
  sessions: Pick<Sessions, 'summing'>,
  lengthFor: (tokens: number) => number,
  task: Task,
): Promise<Validated> {
  const { labels, dimension } = data;
  const embeddings: Float64Array[] = [];
  await sessions.summing(parameters, async (sumOf) => {
    for (const { windows } of data.texts) {
      await task.checkpoint();
      const total = new Float64Array(dimension);
      for (const window of windows) {
        const sum = await sumOf(window, lengthFor(window.length));
        sum.forEach((value, d) => (total[d] = (total[d] ?? 0) + value));
      }
      const norm = Math.sqrt(total.reduce((squares, value) => squares + value * value, 0)) || 1;
      embeddings.push(total.map((value) => value / norm));
    }
  });
  const centre = Float32Array.from(
    { length: dimension },
    (_, d) => embeddings.reduce((sum, one) => sum + (one[d] ?? 0), 0) / Math.max(1, embeddings.length),
  );
  const head = trainedHead(parameters, model, start, centre);
  const logits = new Float64Array(data.texts.length * labels);
  const nothing = { indices: new Int32Array(), values: new Float32Array() };
  embeddings.forEach((embedding, row) =>
    logits.set(classifierLogits(head, embedding, data.words[row] ?? nothing), row * labels),
  );
  return { logits, head };
}

/** Micro average precision, and micro-F1 at the best threshold for all labels. */
export function validationScores(
  { logits }: Pick<Validated, 'logits'>,
  { targets, texts, labels }: Pick<ValidationData, 'targets' | 'texts' | 'labels'>,
): Pick<EpochRecord, 'averagePrecision' | 'microF1'> {
  const shape = { rows: texts.length, columns: labels };
  const least = bestThreshold(
    Array.from(logits, (_, cell) => cell),
    logits,
    targets,
  );
  let [hits, assigned, positives] = [0, 0, 0];
  logits.forEach((logit, cell) => {
    const truth = targets[cell] ?? 0;
    positives += truth;
    if (logit < least) return;
    assigned++;
    hits += truth;
  });
  return {
    averagePrecision: microAveragePrecision({ ...shape, data: targets }, { ...shape, data: logits }),
    microF1: assigned + positives === 0 ? 0 : (2 * hits) / (assigned + positives),
  };
}
