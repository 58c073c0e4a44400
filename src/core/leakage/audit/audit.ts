/**
 * The numbers of a leakage audit (METHODS 4): how often labels' words stand in the texts, and what a classifier owes to
 * them. Everything is computed from prepared matrices, so that the audit does not care how they were predicted; every
 * difference is paired (one resample counts for both sides) and resampled by group.
 */
import {
  bootstrapSteps,
  LEVEL,
  type BootstrapOptions,
  type BootstrapStep,
  type Interval,
} from '../../metrics/bootstrap.ts';
import { labelScores, microAverage } from '../../metrics/f-score.ts';
import { checkSameShape, type LabelMatrix } from '../../metrics/matrix.ts';
import { LabelOutcomes, type LabelCounts } from '../../metrics/outcomes.ts';
import type { RowWeights } from '../../metrics/row-weights.ts';
import { runSteps } from '../../metrics/steps.ts';
import { overlapSteps, type Overlap, type WordedDocuments } from './overlap.ts';

export interface AuditInput {
  readonly labels: readonly { readonly id: string; readonly name: string }[];
  readonly real: WordedDocuments;
  readonly synthetic?: WordedDocuments;
  /** Predictions on real test documents; `groups` as in the test set. */
  readonly test?: {
    readonly truth: LabelMatrix;
    /** Whether a name, alias or keyword of the label stands in the unmasked text. */
    readonly contains: LabelMatrix;
    /** Labels assigned to the text as it is, with names and aliases masked, and with keywords masked too. */
    readonly unmasked: LabelMatrix;
    readonly masked: LabelMatrix;
    readonly maskedAll: LabelMatrix;
    readonly groups?: readonly string[];
  };
}

export const AUDIT_FIGURES = [
  /** F1 on the texts as they are, with labels' names and aliases masked, and the second minus the first. */
  'unmasked',
  'masked',
  'masking',
  /** Share of the right assignments that are still made with names and aliases masked. */
  'survival',
  /** The same with keywords masked too. They describe the invention, so some of this loss is no leak. */
  'maskedAll',
  'maskingAll',
  'survivalAll',
  /**
   * F1, unmasked, where a name, alias or keyword of the label stands in the text, where none does, and the first minus
   * the second.
   */
  'withWords',
  'withoutWords',
  'words',
] as const;
export type AuditFigure = (typeof AUDIT_FIGURES)[number];

/** null where the test set has nothing to compute a figure from. */
export type AuditFigures = Readonly<Record<AuditFigure, Interval | null>>;

export interface Audit {
  readonly labels: AuditInput['labels'];
  readonly level: number;
  readonly real: Overlap;
  readonly synthetic: Overlap | null;
  /** null where no classifier was tested. Micro-averaged, and per label in label order. */
  readonly classifier: {
    readonly documents: number;
    readonly overall: AuditFigures;
    readonly perLabel: readonly AuditFigures[];
  } | null;
}

/** Runs all steps at once; see {@link auditSteps}. */
export function auditLeakage(input: AuditInput, options: BootstrapOptions = {}): Audit {
  return runSteps(auditSteps(input, options));
}

/**
 * Yields after each resample: thousands of them over a large corpus take seconds, in which somebody may want to stop.
 * @throws RangeError when shapes differ, a set holds no document, or an option is out of range.
 */
export function* auditSteps(
  input: AuditInput,
  options: BootstrapOptions = {},
): Generator<BootstrapStep, Audit> {
  const { labels, real, synthetic, test } = input;
  for (const set of [real.has, synthetic?.has, test?.truth]) {
    if (set && set.columns !== labels.length) {
      throw new RangeError(`${labels.length} labels expected, ${set.columns} given`);
    }
  }
  return {
    labels: labels.map(({ id, name }) => ({ id, name })),
    level: options.level ?? LEVEL,
    real: yield* overlapSteps(real, options),
    synthetic: synthetic ? yield* overlapSteps(synthetic, options) : null,
    classifier: test ? yield* classifierFigures(test, options) : null,
  };
}

function* classifierFigures(
  test: NonNullable<AuditInput['test']>,
  options: BootstrapOptions,
): Generator<BootstrapStep, NonNullable<Audit['classifier']>> {
  const { truth, contains, unmasked, masked, maskedAll, groups } = test;
  for (const other of [contains, unmasked, masked, maskedAll]) checkSameShape(truth, other);
  const withWords = (matrix: LabelMatrix): LabelMatrix => cells(matrix, contains, 1);
  const withoutWords = (matrix: LabelMatrix): LabelMatrix => cells(matrix, contains, 0);
  const right = cells(truth, unmasked, 1);
  const outcomes = {
    unmasked: new LabelOutcomes(truth, unmasked),
    masked: new LabelOutcomes(truth, masked),
    maskedAll: new LabelOutcomes(truth, maskedAll),
    withWords: new LabelOutcomes(withWords(truth), withWords(unmasked)),
    withoutWords: new LabelOutcomes(withoutWords(truth), withoutWords(unmasked)),
    survival: new LabelOutcomes(right, masked),
    survivalAll: new LabelOutcomes(right, maskedAll),
  };
  const count = (weights?: RowWeights): Counts => ({
    unmasked: outcomes.unmasked.count(weights),
    masked: outcomes.masked.count(weights),
    maskedAll: outcomes.maskedAll.count(weights),
    withWords: outcomes.withWords.count(weights),
    withoutWords: outcomes.withoutWords.count(weights),
    survival: outcomes.survival.count(weights),
    survivalAll: outcomes.survivalAll.count(weights),
  });
  const whole = allFigures(count());
  const intervals = yield* bootstrapSteps(
    truth.rows,
    (weights) => {
      const drawn = allFigures(count(weights));
      // A resample that lacks what a figure is about says nothing about it and repeats the sample's value.
      return Object.fromEntries(
        [...whole].map(([name, value]) => [name, drawn.get(name) ?? value ?? 0] as const),
      );
    },
    { ...options, ...(groups ? { groups } : {}) },
  );
  const figuresOf = (owner: string): AuditFigures => {
    const entries = AUDIT_FIGURES.map((figure): [AuditFigure, Interval | null] => {
      const name = `${owner}/${figure}`;
      return [figure, whole.get(name) === null ? null : (intervals[name] ?? null)];
    });
    return Object.fromEntries(entries) as Record<AuditFigure, Interval | null>;
  };
  return {
    documents: truth.rows,
    overall: figuresOf('all'),
    perLabel: Array.from({ length: truth.columns }, (_, label) => figuresOf(`${label}`)),
  };
}

interface Counts {
  readonly unmasked: LabelCounts;
  readonly masked: LabelCounts;
  readonly maskedAll: LabelCounts;
  readonly withWords: LabelCounts;
  readonly withoutWords: LabelCounts;
  readonly survival: LabelCounts;
  readonly survivalAll: LabelCounts;
}

interface Score {
  readonly f1: number;
  readonly recall: number;
  readonly support: number;
}

/** Every figure by owner (`all` or the label's position) and name; null where it has no document to stand on. */
function allFigures(counts: Counts): ReadonlyMap<string, number | null> {
  const figures = new Map<string, number | null>();
  const add = (owner: string, score: (counts: LabelCounts) => Score): void => {
    const unmasked = score(counts.unmasked);
    const [masked, maskedAll] = [score(counts.masked), score(counts.maskedAll)];
    const [withWords, withoutWords] = [score(counts.withWords), score(counts.withoutWords)];
    const kept = ({ support, recall }: Score): number | null => (support > 0 ? recall : null);
    const f1 = ({ support, f1: value }: Score): number | null => (support > 0 ? value : null);
    const minus = (one: Score, other: Score): number | null =>
      one.support > 0 && other.support > 0 ? one.f1 - other.f1 : null;
    const values: Readonly<Record<AuditFigure, number | null>> = {
      unmasked: f1(unmasked),
      masked: f1(masked),
      masking: minus(masked, unmasked),
      survival: kept(score(counts.survival)),
      maskedAll: f1(maskedAll),
      maskingAll: minus(maskedAll, unmasked),
      survivalAll: kept(score(counts.survivalAll)),
      withWords: f1(withWords),
      withoutWords: f1(withoutWords),
      words: minus(withWords, withoutWords),
    };
    for (const figure of AUDIT_FIGURES) figures.set(`${owner}/${figure}`, values[figure]);
  };
  add('all', (all) => ({
    ...microAverage(all),
    support: all.support.reduce((sum, value) => sum + value, 0),
  }));
  const perLabel = new Map<LabelCounts, readonly Score[]>();
  for (const each of Object.values(counts) as LabelCounts[]) perLabel.set(each, labelScores(each));
  for (let label = 0; label < counts.unmasked.support.length; label++) {
    add(`${label}`, (each) => perLabel.get(each)?.[label] ?? { f1: 0, recall: 0, support: 0 });
  }
  return figures;
}

/** The cells of a matrix where another one holds `value`; 0 elsewhere. */
function cells(matrix: LabelMatrix, where: LabelMatrix, value: number): LabelMatrix {
  return { ...matrix, data: matrix.data.map((cell, at) => (where.data[at] === value ? cell : 0)) };
}
