/** Where each label of a prediction came from, passage by passage. */
import { gradientEvidence, logitDirection, passageEvidence } from '../../core/learning/evidence.ts';
import type { SparseVector, WordOccurrence } from '../../core/learning/tfidf.ts';
import type { ViewText } from '../../core/patent/view.ts';
import { sentences } from '../../core/text/sentences.ts';
import { shiftSpan, type Span } from '../../core/text/span.ts';
import type { Evidence, EvidencePassage, LabelPrediction } from '../../protocol/engine.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import type { TokenEncoding } from '../encoder/encoder.ts';
import type { Attribution } from '../finetune/attribution.ts';
import type { Task } from '../task.ts';

export interface Explained {
  readonly evidence: Evidence;
  perLabel(position: number): Pick<LabelPrediction, 'contributions' | 'baseline'>;
}

interface Prediction {
  readonly view: ViewText;
  readonly classifier: StoredClassifier;
  readonly encoding: TokenEncoding;
  readonly occurrences: readonly WordOccurrence[];
  readonly words: SparseVector;
  /** `[labels]` */
  readonly logits: Float64Array;
}

/** Each label takes a backward pass of the encoder for every window, so the most probable ones are explained. [ours] */
const EXPLAINED_BY_GRADIENT = 5;

/** @param attribution of the encoder, where its tokens have no shares of the logit */
export function explain(
  prediction: Prediction,
  attribution: Attribution | undefined,
  task: Task,
): Explained | Promise<Explained> {
  return attribution ? byGradient(prediction, attribution, task) : byShares(prediction);
}

function byShares({ view, classifier, encoding, occurrences, words }: Prediction): Explained {
  const { spans, passages } = viewPassages(view);
  const tokens = {
    spans: encoding.tokens.spans,
    shares: encoding.shares,
    special: encoding.special,
    specialCount: 2 * encoding.windows.length,
  };
  const { baseline, contributions } = passageEvidence(classifier.model, spans, tokens, occurrences, words);
  const count = spans.length;
  return {
    evidence: { passages, basis: 'shares' },
    perLabel: (position) => ({
      contributions: Array.from(contributions.subarray(position * count, (position + 1) * count), rounded),
      baseline: rounded(baseline[position] ?? 0),
    }),
  };
}

async function byGradient(
  { view, classifier, encoding, occurrences, words, logits }: Prediction,
  attribution: Attribution,
  task: Task,
): Promise<Explained> {
  const { spans, passages } = viewPassages(view);
  const { model } = classifier;
  const likely = Array.from(logits, (_, label) => label)
    .sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b)
    .slice(0, EXPLAINED_BY_GRADIENT);
  const contributions = new Map<number, readonly number[]>();
  for (const [position, label] of likely.entries()) {
    task.progress('Finding what carried each label', position, likely.length);
    const direction = logitDirection(model, label, encoding.embedding, encoding.norm);
    const effects = await attribution.effects(encoding, direction, task);
    const tokens = { spans: encoding.tokens.spans, effects };
    const found = gradientEvidence(model, label, spans, tokens, occurrences, words);
    contributions.set(label, Array.from(found, rounded));
  }
  return {
    evidence: { passages, basis: 'gradient' },
    perLabel: (position) => {
      const known = contributions.get(position);
      return known ? { contributions: known } : {};
    },
  };
}

/** Six decimals are far below what anyone reads, and half the bytes on the wire. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Every sentence of the view, with its place in the view and in the file. */
function viewPassages(view: ViewText): { spans: readonly Span[]; passages: readonly EvidencePassage[] } {
  const spans: Span[] = [];
  const passages: EvidencePassage[] = [];
  for (const part of view.parts) {
    const { text, map } = part.passage;
    for (const span of sentences(text)) {
      const source = map.toSource(span);
      spans.push(shiftSpan(span, part.start));
      passages.push({
        section: part.section,
        ...(part.claim === undefined ? {} : { claim: part.claim }),
        text: text.slice(span.start, span.end),
        ...(source ? { source } : {}),
      });
    }
  }
  return { spans, passages };
}
