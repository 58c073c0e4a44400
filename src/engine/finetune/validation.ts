/** How a state of a training does on the validation documents, read as the finished classifier will read them. */
import { classifierLogits, type LinearClassifier } from '../../core/learning/linear-classifier.ts';
import { trainedHead, type Model } from '../../core/learning/finetune/step.ts';
import { fromLogOdds, logOdds, tuneThresholds, type Thresholds } from '../../core/learning/thresholds.ts';
import { microAveragePrecision } from '../../core/metrics/average-precision.ts';
import type { EpochRecord } from './checkpoint.ts';
import type { Sessions } from './sessions.ts';
import type { ReadText } from './texts.ts';

export interface ValidationData {
  readonly texts: readonly ReadText[];
  /** 0/1, row-major `[documents, labels]`. */
  readonly targets: Uint8Array;
  readonly labels: number;
  readonly dimension: number;
}

export interface Validated {
  /** Row-major `[documents, labels]`. */
  readonly logits: Float64Array;
  readonly head: LinearClassifier;
  readonly thresholds: Thresholds;
}

const NO_WORDS = { indices: new Int32Array(), values: new Float32Array() };

export async function validated(
  parameters: Float32Array,
  model: Pick<Model, 'layout' | 'labels'>,
  data: ValidationData,
  sessions: Pick<Sessions, 'sum'>,
  lengthFor: (tokens: number) => number,
): Promise<Validated> {
  const { labels, dimension } = data;
  const embeddings: Float64Array[] = [];
  for (const { windows } of data.texts) {
    const total = new Float64Array(dimension);
    for (const window of windows) {
      const sum = await sessions.sum(parameters, window, lengthFor(window.length));
      sum.forEach((value, d) => (total[d] = (total[d] ?? 0) + value));
    }
    const norm = Math.sqrt(total.reduce((squares, value) => squares + value * value, 0)) || 1;
    embeddings.push(total.map((value) => value / norm));
  }
  const centre = Float32Array.from(
    { length: dimension },
    (_, d) => embeddings.reduce((sum, one) => sum + (one[d] ?? 0), 0) / Math.max(1, embeddings.length),
  );
  const head = trainedHead(parameters, model, centre);
  const logits = new Float64Array(data.texts.length * labels);
  embeddings.forEach((embedding, row) =>
    logits.set(classifierLogits(head, embedding, NO_WORDS), row * labels),
  );
  return { logits, head, thresholds: tuneThresholds(logits, data.targets, data.texts.length, labels) };
}

export function validationScores(
  { logits, thresholds }: Validated,
  { targets, texts, labels }: ValidationData,
): Pick<EpochRecord, 'averagePrecision' | 'microF1'> {
  const shape = { rows: texts.length, columns: labels };
  const probabilities = logits.map(fromLogOdds);
  const least = logOdds(thresholds.global);
  let [hits, assigned, positives] = [0, 0, 0];
  logits.forEach((logit, cell) => {
    const truth = targets[cell] ?? 0;
    positives += truth;
    if (logit < least) return;
    assigned++;
    hits += truth;
  });
  return {
    averagePrecision: microAveragePrecision({ ...shape, data: targets }, { ...shape, data: probabilities }),
    microF1: assigned + positives === 0 ? 0 : (2 * hits) / (assigned + positives),
  };
}
