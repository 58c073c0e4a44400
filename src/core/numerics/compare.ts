/**
 * The numerics check (METHODS 7): the same texts through a reference and a candidate, and what became of embeddings,
 * logits, decisions and micro-F1. Pure: the outputs come from the engine.
 */
import {
  bootstrapSteps,
  LEVEL,
  RESAMPLES,
  RowResampler,
  SEED,
  type BootstrapOptions,
  type BootstrapStep,
  type Interval,
} from '../metrics/bootstrap.ts';
import { microAverage } from '../metrics/f-score.ts';
import { LabelOutcomes } from '../metrics/outcomes.ts';
import { runSteps } from '../metrics/steps.ts';
import { cosineFigures, rowCosines, type CosineFigures } from './cosine.ts';
import { flipFigures, type FlipFigures } from './flips.ts';
import { nonFinite, type ModelOutputs, type NonFinite } from './outputs.ts';

export interface ComparedOutputs {
  readonly documents: number;
  /** Width of an embedding. */
  readonly dimension: number;
  /** Labels of the classifier; 0 without one. */
  readonly labels: number;
  readonly reference: ModelOutputs;
  readonly candidate: ModelOutputs;
  /** 1 where the label applies, `[documents, labels]`; only for labelled documents. */
  readonly truth?: Uint8Array;
  /** Families: resampled whole. */
  readonly groups?: readonly string[];
}

/** Plain data, safe to send between processes and to write as JSON. */
export interface Comparison {
  readonly documents: number;
  readonly nonFinite: NonFinite;
  readonly cosine: CosineFigures;
  /** Null without a classifier. */
  readonly flips: FlipFigures | null;
  /** Of the labelled documents; null without a classifier, or where nothing is labelled. */
  readonly microF1: MicroF1 | null;
}

export interface MicroF1 {
  readonly reference: Interval;
  readonly candidate: Interval;
  /** Candidate − reference over the same resamples. */
  readonly difference: Interval;
  readonly bootstrap: {
    readonly resamples: number;
    readonly seed: number;
    readonly level: number;
    readonly unit: 'document' | 'group';
    readonly units: number;
  };
}

export function compareOutputs(
  outputs: ComparedOutputs,
  options: Omit<BootstrapOptions, 'groups'> = {},
): Comparison {
  return runSteps(compareSteps(outputs, options));
}

/** {@link compareOutputs}, yielding after each resample so that a caller can show progress or stop. */
export function* compareSteps(
  outputs: ComparedOutputs,
  options: Omit<BootstrapOptions, 'groups'> = {},
): Generator<BootstrapStep, Comparison> {
  const { documents, dimension, labels, reference, candidate } = outputs;
  return {
    documents,
    nonFinite: nonFinite(candidate, documents),
    cosine: cosineFigures(rowCosines(reference.embeddings, candidate.embeddings, dimension)),
    flips: labels === 0 ? null : flipFigures(reference, candidate, labels),
    microF1: yield* microF1(outputs, options),
  };
}

function* microF1(
  { documents: rows, labels: columns, reference, candidate, truth, groups }: ComparedOutputs,
  { resamples = RESAMPLES, seed = SEED, level = LEVEL }: Omit<BootstrapOptions, 'groups'>,
): Generator<BootstrapStep, MicroF1 | null> {
  if (!truth || columns === 0 || !truth.includes(1)) return null;
  const outcomes = ({ assigned }: ModelOutputs): LabelOutcomes =>
    new LabelOutcomes({ rows, columns, data: truth }, { rows, columns, data: assigned });
  const [ours, theirs] = [outcomes(reference), outcomes(candidate)];
  const intervals = yield* bootstrapSteps(
    rows,
    (weights) => {
      const [one, other] = [microAverage(ours.count(weights)).f1, microAverage(theirs.count(weights)).f1];
      return { reference: one, candidate: other, difference: other - one };
    },
    { resamples, seed, level, ...(groups ? { groups } : {}) },
  );
  const { units } = new RowResampler(rows, groups);
  return { ...intervals, bootstrap: { resamples, seed, level, unit: groups ? 'group' : 'document', units } };
}
