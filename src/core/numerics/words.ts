/** A numerics check in words. What is claimed follows from the criteria, never from a look at the figures. */
import { unreachable } from '../errors.ts';
import type { Interval } from '../metrics/bootstrap.ts';
import type { Comparison } from './compare.ts';
import type { CandidateKind, Criterion, NumericsVerdict } from './verdict.ts';

export interface Judged {
  readonly comparison: Comparison;
  readonly kind: CandidateKind;
  readonly criteria: readonly Criterion[];
  readonly verdict: NumericsVerdict;
  /** How the candidate and the reference are called: `WebGPU`, `all-MiniLM-L6-v2 (int8)`. */
  readonly candidate: string;
  readonly reference: string;
}

/** One paragraph. */
export function numericsConclusion(judged: Judged): string {
  const { comparison, verdict, candidate, reference } = judged;
  return [
    `${candidate} ${verdictWords(verdict)}, held against ${reference} on ${documents(comparison.documents)}.`,
    ...judged.criteria.filter(({ met }) => met === false).map(failure(judged)),
    verdict === 'passed' ? cosineSentence(comparison) : '',
    flipsSentence(comparison),
    f1Sentence(comparison),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function verdictWords(verdict: NumericsVerdict): string {
  switch (verdict) {
    case 'passed':
      return 'passed';
    case 'collapsed':
      return 'collapsed';
    case 'differs':
      return 'differs too much to be trusted';
    default:
      return unreachable(verdict);
  }
}

const failure =
  ({ comparison, kind }: Judged) =>
  ({ name, limit, value }: Criterion): string => {
    const { nonFinite } = comparison;
    switch (name) {
      case 'nan':
        return `It gave ${nonFinite.nan} numbers that are none (NaN), in ${documents(nonFinite.documents)}.`;
      case 'infinite':
        return `It gave ${nonFinite.infinite} infinite numbers, in ${documents(nonFinite.documents)}.`;
      case 'micro-f1':
        return 'The loss of micro-F1 is more than chance: its interval excludes zero.';
      case 'worst-cosine':
        return `The embedding of a document comes down to a cosine of ${cosineText(value)}; ${kind === 'execution' ? 'the same weights' : 'another precision'} must keep ${limit}.`;
      case 'flips':
        return `${percent(value ?? 0)} of the assignments change; at most ${percent(limit)} may.`;
      default:
        return unreachable(name);
    }
  };

function cosineSentence({ cosine: { worst, mean } }: Comparison): string {
  return `Embeddings keep a cosine of ${cosineText(mean)} on average and ${cosineText(worst)} at worst.`;
}

function flipsSentence({ flips }: Comparison): string {
  if (!flips) return 'There is no classifier, so nothing is said about labels.';
  if (flips.flipped === 0) {
    return `None of ${flips.assignments} assignments of labels changes${flips.maxLogit === null ? '' : `; no logit moves by more than ${flips.maxLogit.toPrecision(2)}`}.`;
  }
  const moved =
    flips.maxLogit === null ? '' : `; the largest change of a logit is ${flips.maxLogit.toFixed(2)}`;
  return `${flips.flipped} of ${flips.assignments} assignments of labels change, in ${documents(flips.documents)}${moved}.`;
}

/** A loss in points of F1 that a report draws attention to when its interval does not exclude it. [ours] */
const NOTABLE_LOSS = 0.02;

function f1Sentence({ microF1, flips }: Comparison): string {
  if (!microF1) return flips ? 'No document is labelled, so micro-F1 was not measured.' : '';
  const { reference, candidate, difference } = microF1;
  const scores = `Micro-F1 is ${candidate.value.toFixed(3)}, that of the reference ${reference.value.toFixed(3)} (${points(difference)}).`;
  return difference.high >= 0 && difference.low < -NOTABLE_LOSS
    ? `${scores} The documents are too few to exclude a loss of ${(-100 * difference.low).toFixed(1)} points.`
    : scores;
}

const documents = (count: number): string => `${count} ${count === 1 ? 'document' : 'documents'}`;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** With two digits of what it lacks to 1. */
export function cosineText(cosine: number | null): string {
  if (cosine === null) return '–';
  const away = 1 - cosine;
  if (away < 1e-9) return '1';
  const digits = Math.max(4, Math.min(9, 1 - Math.floor(Math.log10(away))));
  // Rounded down, so that 0.99999 is never said to be 1.
  return (Math.floor(cosine * 10 ** digits) / 10 ** digits).toFixed(digits);
}

/** A difference of F1 in points of a hundred. */
const points = ({ value, low, high }: Interval): string =>
  `${signed(value)} points, ${signed(low)} to ${signed(high)}`;

function signed(value: number): string {
  const shown = (100 * Math.abs(value)).toFixed(1);
  return Number(shown) === 0 ? shown : `${value > 0 ? '+' : '−'}${shown}`;
}

export const CRITERION_NAMES: Readonly<Record<Criterion['name'], string>> = {
  nan: 'numbers that are none (NaN)',
  'micro-f1': 'upper end of the change of micro-F1',
  infinite: 'infinite numbers',
  'worst-cosine': 'worst cosine of an embedding',
  flips: 'share of assignments that change',
};
