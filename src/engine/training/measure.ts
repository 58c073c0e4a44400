/** How good a classifier is on documents that its training did not see, with intervals over groups. */
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import { fromLogOdds } from '../../core/learning/thresholds.ts';
import { evaluateMultilabel } from '../../core/metrics/evaluate.ts';
import type { ClassifierDescription } from '../classifier/format.ts';

/** Resamples behind the intervals of the card. */
const RESAMPLES = 1000;

export interface Measured {
  readonly documents: readonly LabelledDocument[];
  readonly labels: number;
  /** Of documents unseen in training, row-major `[documents, labels]`. */
  readonly logits: Float64Array;
  /** Probabilities, one a label. */
  readonly thresholds: Float64Array;
  /** Labels that macro-F1 is a mean over: one without an example can only score 0, whatever the classifier is worth. */
  readonly counted: readonly number[];
  readonly seed: number;
}

/** 0/1, row-major `[documents, labels]`. */
export function targetsOf(documents: readonly LabelledDocument[], labels: number): Uint8Array {
  const targets = new Uint8Array(documents.length * labels);
  documents.forEach((document, row) => {
    for (const label of document.labels) targets[row * labels + label] = 1;
  });
  return targets;
}

export function measure({
  documents,
  labels: columns,
  logits,
  thresholds,
  counted,
  seed,
}: Measured): Required<Pick<ClassifierDescription, 'metrics'>> {
  const rows = documents.length;
  const truth = targetsOf(documents, columns);
  const probabilities = logits.map(fromLogOdds);
  const assigned = Uint8Array.from(probabilities, (probability, cell) =>
    probability >= (thresholds[cell % columns] ?? 1) ? 1 : 0,
  );
  const groups = documents.map((document) => document.group);
  const options = { seed, resamples: RESAMPLES, groups };
  const { metrics } = evaluateMultilabel(
    { rows, columns, data: truth },
    { rows, columns, data: probabilities },
    { rows, columns, data: assigned },
    options,
  );
  const pick = <T extends Uint8Array | Float64Array>(data: T, made: T): T => {
    made.forEach((_, cell) => {
      const label = counted[cell % counted.length] ?? 0;
      made[cell] = data[Math.floor(cell / counted.length) * columns + label] ?? 0;
    });
    return made;
  };
  const size = rows * counted.length;
  const shape = { rows, columns: counted.length };
  const { metrics: overCounted } = evaluateMultilabel(
    { ...shape, data: pick(truth, new Uint8Array(size)) },
    { ...shape, data: pick(probabilities, new Float64Array(size)) },
    { ...shape, data: pick(assigned, new Uint8Array(size)) },
    options,
  );
  return {
    metrics: {
      microF1: metrics.microF1,
      macroF1: overCounted.macroF1,
      microAP: metrics.microAveragePrecision,
    },
  };
}
