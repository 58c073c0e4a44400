/** What a training came to: the classifier, its thresholds, and how good it is on documents it had not seen. */
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import { fitScaling } from '../../core/learning/calibration.ts';
import { rescaled, type LinearClassifier } from '../../core/learning/linear-classifier.ts';
import { tuneThresholds, type Thresholds } from '../../core/learning/thresholds.ts';
import type { Vocabulary } from '../../core/learning/tfidf.ts';
import type { ClassifierDescription } from '../classifier/format.ts';
import type { FrozenHead } from '../training/frozen-head.ts';
import { measure } from '../training/measure.ts';
import { choicesOf, outOfFoldMetrics, type Choices } from '../training/train-classifier.ts';
import type { FinetuneRequest } from './request.ts';
import type { ValidationData } from './validation.ts';

export interface Outcome extends Pick<ClassifierDescription, 'metrics'> {
  /** Of the encoder and the head. */
  readonly parameters: Float32Array;
  readonly head: LinearClassifier;
  readonly vocabulary: Vocabulary;
  readonly thresholds: Thresholds;
  /** Of the frozen encoder's head, which is the classifier's or where its training began. */
  readonly choices: Choices;
}

/** Nothing was better than the frozen encoder: its own head, as *Train Classifier* makes it. */
export function frozenOutcome(
  request: FinetuneRequest,
  { head, vocabulary }: FrozenHead,
  start: Float32Array,
): Outcome {
  const { classifier, thresholds } = head;
  return {
    parameters: start,
    head: classifier,
    vocabulary,
    thresholds,
    choices: choicesOf(head),
    ...outOfFoldMetrics(head, request),
  };
}

/** The classifier that was fitted, with what the one that was validated says of its logits. */
export interface Fitted {
  readonly parameters: Float32Array;
  readonly head: LinearClassifier;
  /** The head that training began with. */
  readonly start: FrozenHead;
  /** Of the documents held out, by the classifier that had not seen them, row-major `[documents, labels]`. */
  readonly logits: Float64Array;
}

/**
 * Training on the documents makes the logits surer than they may be, so slope and shift are fitted on documents held
 * out (Platt scaling) and folded into the head: calibrated probabilities, which the usual threshold is meant for.
 */
export function tunedOutcome(
  { seed }: FinetuneRequest,
  { parameters, head, start, logits }: Fitted,
  held: readonly LabelledDocument[],
  { targets, labels }: ValidationData,
): Outcome {
  const scaling = scalingOf(logits, targets);
  const calibrated = logits.map((z) => scaling.slope * z + scaling.shift);
  const thresholds = tuneThresholds(calibrated, targets, held.length, labels);
  const seen = new Set(held.flatMap((document) => document.labels));
  return {
    parameters,
    head: rescaled(head, scaling),
    vocabulary: start.vocabulary,
    thresholds,
    choices: choicesOf(start.head),
    ...measure({
      documents: held,
      labels,
      logits: calibrated,
      thresholds: thresholds.perLabel,
      counted: [...seen].sort((a, b) => a - b),
      seed,
    }),
  };
}

/** Very few documents may say that the order is upside down; then the logits are left as they are. */
function scalingOf(logits: Float64Array, targets: Uint8Array): { slope: number; shift: number } {
  const fitted = fitScaling(logits, targets, [1, 0]);
  return fitted.slope > 0 ? fitted : { slope: 1, shift: 0 };
}
