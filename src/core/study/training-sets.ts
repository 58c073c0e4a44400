/** What each arm trains on in one regime and seed. */
import { documentsIn, type Duration, type TrainingSet } from './family.ts';
import { Random } from '../random.ts';
import { unreachable } from '../errors.ts';
import { paraphrasesOf, type Arm } from './arms.ts';
import { cellOf, type StudyCorpus } from './corpus.ts';
import type { Schedule, StudyPlan } from './plan.ts';

/** The documents of one regime and seed. */
export interface Draw {
  readonly seed: number;
  readonly real: Int32Array;
  /** Those that were made from nothing but these real ones. */
  readonly synthetic: Int32Array;
}

/** What the model of the real documents says of the synthetic ones. */
export interface Agreement {
  /** Per synthetic document of the draw: the least and the mean probability of the labels it was made for. */
  readonly least: Float32Array;
  readonly mean: Float32Array;
}

const COPIES_STREAM = 0xc0b1e5;
/** A synthetic document weighs at most this many times the average one. [ours, after SunGen] */
const MOST_WEIGHT = 2;

/**
 * Documents that a seed's regime may use: a synthetic one whose parents are not all among its real documents would bring
 * in what the regime is not supposed to know.
 */
export function syntheticFor({ documents, synthetic }: StudyCorpus, real: Int32Array): Int32Array {
  const known = new Set(real);
  return synthetic.filter((row) =>
    (documents[row]?.parents ?? []).every((parent) => parent < 0 || known.has(parent)),
  );
}

/**
 * The training set of an arm.
 * @param agreement needed by `filtered` and `sample-weighted`
 */
export function trainingSetOf(
  arm: Arm,
  draw: Draw,
  corpus: StudyCorpus,
  plan: StudyPlan,
  agreement: Agreement | undefined,
): TrainingSet {
  const { real, synthetic, seed } = draw;
  const random = new Random(seed ^ COPIES_STREAM);
  const plain = (...phases: Int32Array[]): TrainingSet => ({ phases, weights: new Map() });
  switch (arm.kind) {
    case 'real-only':
    case 'step-matched':
    case 'inverse-frequency':
    case 'focal':
    case 'asymmetric':
    case 'distribution-balanced':
      return plain(real);
    case 'duplicate-to-match':
      return plain(withCopies(real, synthetic.length, random));
    case 'augmented':
      return plain(joined(real, synthetic));
    case 'synthetic-only':
      return plain(synthetic);
    case 'mix': {
      const budget = mixBudget(draw, plan);
      const ofReal = Math.round(arm.share * budget);
      return plain(joined(filled(real, ofReal, random), filled(synthetic, budget - ofReal, random)));
    }
    case 'curriculum-synthetic-first':
      return plain(synthetic, real);
    case 'curriculum-real-first':
      return plain(real, synthetic);
    case 'filtered': {
      const passing = synthetic.filter((_, at) => (agreement?.least[at] ?? 0) >= plan.filterThreshold);
      return plain(joined(real, passing));
    }
    case 'sample-weighted':
      return { phases: [joined(real, synthetic)], weights: weightsOf(synthetic, agreement) };
    case 'paraphrase':
      return plain(joined(real, paraphrasesOf(corpus, synthetic, new Set(real), arm.scale)));
    case 'cells': {
      const ofCell = synthetic.filter((row) => {
        const document = corpus.documents[row];
        return document !== undefined && cellOf(document) === arm.cell;
      });
      return plain(arm.copies ? withCopies(real, ofCell.length, random) : joined(real, ofCell));
    }
    case 'ensemble':
      // Trained by none: it is the mean of two others.
      return plain();
    default:
      return unreachable(arm);
  }
}

/** Documents in every mix. */
export const mixBudget = ({ real, synthetic }: Draw, { mixBudget: stated }: StudyPlan): number =>
  stated ?? real.length + synthetic.length;

/** How long an arm trains under a schedule. */
export function durationOf(arm: Arm, schedule: Schedule, plan: StudyPlan, augmentedSteps: number): Duration {
  switch (schedule) {
    case 'convergence':
      return { kind: 'convergence' };
    case 'step-matched':
      return { kind: 'steps', steps: augmentedSteps };
    case 'fixed-epochs':
      return arm.kind === 'step-matched'
        ? { kind: 'steps', steps: augmentedSteps }
        : { kind: 'epochs', epochs: plan.epochs };
    default:
      return unreachable(schedule);
  }
}

/**
 * Every document once, and so many more drawn with replacement. (METHODS 2 draws all of them; then a control with few
 * copies would lose documents, and synthetic ones would look better for it.) [ours]
 */
function withCopies(rows: Int32Array, more: number, random: Random): Int32Array {
  return joined(
    rows,
    Int32Array.from(random.choiceWithReplacement(rows.length, more), (at) => rows[at] ?? 0),
  );
}

/** So many documents: a random part of them, or all of them as often as it takes and a part once more. */
function filled(rows: Int32Array, count: number, random: Random): Int32Array {
  if (rows.length === 0 || count === 0) return new Int32Array();
  const result = new Int32Array(count);
  for (let at = 0; at < count; at += rows.length) {
    const rest = count - at;
    result.set(rest >= rows.length ? rows : random.shuffle(rows.slice()).subarray(0, rest), at);
  }
  return result;
}

function weightsOf(synthetic: Int32Array, agreement: Agreement | undefined): ReadonlyMap<number, number> {
  if (!agreement) return new Map();
  const mean = agreement.mean.reduce((total, value) => total + value, 0) / Math.max(1, synthetic.length);
  return new Map(
    Array.from(synthetic, (row, at) => [
      row,
      Math.min(MOST_WEIGHT, (agreement.mean[at] ?? 0) / Math.max(mean, 1e-12)),
    ]),
  );
}

function joined(...parts: readonly Int32Array[]): Int32Array {
  const result = new Int32Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** Real and synthetic documents in a training set, copies counted. */
export function composition(
  training: TrainingSet,
  { documents }: StudyCorpus,
): { readonly real: number; readonly synthetic: number } {
  let synthetic = 0;
  for (const phase of training.phases) {
    for (const row of phase) if (documents[row]?.role === 'synthetic') synthetic++;
  }
  return { real: documentsIn(training) - synthetic, synthetic };
}
