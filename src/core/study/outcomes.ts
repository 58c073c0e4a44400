/**
 * Runs one arm in one regime, schedule, seed and family: trains it, finds its threshold by cross-validation on its own
 * training documents, and scores the test documents. What it gives is all that the statistics need.
 */
import { stratifiedGroupFolds } from '../corpus/folds.ts';
import { PatentLabError } from '../errors.ts';
import { bestThreshold, fromLogOdds, logOdds } from '../learning/thresholds.ts';
import { Random } from '../random.ts';
import { lossOf, needsSynthetic, type Arm } from './arms.ts';
import type { StudyCorpus } from './corpus.ts';
import { type Duration, type Family, type Fit, type TrainingSet } from './family.ts';
import type { Schedule, StudyPlan } from './plan.ts';
import { composition, durationOf, trainingSetOf, type Agreement, type Draw } from './training-sets.ts';

/** Parts of the cross-validation that finds a threshold. [ours] */
export const THRESHOLD_FOLDS = 3;
const FOLD_STREAM = 0xf01d;

export interface Outcome {
  /** Of the test documents, row-major `[test, labels]`. */
  readonly logits: Float32Array;
  /** The logit at which a label is assigned, from cross-validation; null where it was not asked for. */
  readonly threshold: number | null;
  readonly steps: number;
  readonly real: number;
  readonly synthetic: number;
  /** Of *real-only*: logits of the draw's synthetic documents; of *synthetic-only*: of its real ones. */
  readonly others?: Float32Array;
  /** Of *real-only*: logits of the draw's real documents by models that had not seen them. */
  readonly heldOut?: Float32Array;
}

export interface ArmRun {
  readonly arm: Arm;
  readonly schedule: Schedule;
  readonly draw: Draw;
  readonly family: Family;
}

/** What is the same for all arms. */
export interface StudySetting {
  readonly corpus: StudyCorpus;
  readonly plan: StudyPlan;
  /** 0/1, row-major `[documents, labels]`. */
  readonly targets: Float32Array;
}

/** Outcomes of other arms of the same cell and seed, for the arms that are made from them. */
export interface Others {
  readonly realOnly?: Outcome;
  readonly syntheticOnly?: Outcome;
}

export async function runArm(
  run: ArmRun,
  setting: StudySetting,
  others: Others,
  checkpoint: () => Promise<void>,
): Promise<Outcome> {
  const { arm, draw, family, schedule } = run;
  const { corpus, plan } = setting;
  if (needsSynthetic(arm.kind) && draw.synthetic.length === 0) throw nothingSynthetic(draw);
  if (arm.kind === 'ensemble') return ensemble(setting, draw, others);
  const training = trainingSetOf(arm, draw, corpus, plan, agreementOf(arm, setting, draw, others));
  const duration = durationOf(arm, schedule, plan, augmentedSteps(family, draw, plan));
  const loss = lossOf(arm);
  const extra = extraRows(arm, draw);
  const score = Int32Array.of(...corpus.test, ...extra);
  const fit = await family.fit({ training, loss, duration, seed: draw.seed, score }, checkpoint);
  const tested = corpus.test.length * corpus.labels.length;
  const heldOut = plan.thresholds.includes('tuned')
    ? await crossValidate(run, setting, training, duration, fit, checkpoint)
    : undefined;
  return {
    logits: fit.logits.slice(0, tested),
    threshold: heldOut ? thresholdOf(heldOut, setting) : null,
    steps: fit.steps,
    ...composition(training, corpus),
    ...(extra.length > 0 ? { others: fit.logits.slice(tested) } : {}),
    ...(heldOut && arm.kind === 'real-only' ? { heldOut: heldOut.logits } : {}),
  };
}

/** Optimiser steps of *augmented* under fixed epochs: what the others are matched to. */
export const augmentedSteps = (family: Family, { real, synthetic }: Draw, { epochs }: StudyPlan): number =>
  family.steps([real.length + synthetic.length], { kind: 'epochs', epochs });

/** Models that an arm takes: itself and those of the cross-validation. */
export const fitsOf = (arm: Arm, { thresholds }: StudyPlan): number =>
  arm.kind === 'ensemble' ? 0 : thresholds.includes('tuned') ? 1 + THRESHOLD_FOLDS : 1;

function extraRows(arm: Arm, { real, synthetic }: Draw): Int32Array {
  if (arm.kind === 'real-only') return synthetic;
  if (arm.kind === 'synthetic-only') return real;
  return new Int32Array();
}

// ── thresholds ─────────────────────────────────────────────────────────────────────────────────────────────────

interface HeldOut {
  readonly rows: Int32Array;
  /** Row-major `[rows, labels]`. */
  readonly logits: Float32Array;
}

/**
 * Scores of real training documents by models that had seen neither them nor anything of their group. They took as many
 * steps as the arm itself, because a model of fewer steps would want a lower threshold. Without real documents, the
 * synthetic ones take their place.
 */
async function crossValidate(
  { arm, draw, family }: ArmRun,
  { corpus }: StudySetting,
  training: TrainingSet,
  duration: Duration,
  main: Fit,
  checkpoint: () => Promise<void>,
): Promise<HeldOut> {
  const documents = new Set(training.phases.flatMap((phase) => [...phase]));
  const real = [...documents].filter((row) => corpus.documents[row]?.role === 'real');
  const rows = Int32Array.from(real.length > 0 ? real : documents).sort();
  const groupOf = (row: number): string => corpus.documents[row]?.group ?? '';
  const folds = stratifiedGroupFolds(
    {
      groups: Array.from(rows, groupOf),
      labels: Array.from(rows, (row) => corpus.documents[row]?.labels ?? []),
      labelCount: corpus.labels.length,
    },
    THRESHOLD_FOLDS,
    new Random(draw.seed ^ FOLD_STREAM),
  );
  const labels = corpus.labels.length;
  const logits = new Float32Array(rows.length * labels);
  for (let fold = 0; fold < THRESHOLD_FOLDS; fold++) {
    const score = rows.filter((_, at) => folds[at] === fold);
    const held = new Set(Array.from(score, groupOf));
    const phases = training.phases.map((phase) => phase.filter((row) => !held.has(groupOf(row))));
    if (score.length === 0 || phases.every(({ length }) => length === 0)) continue;
    const fit = await family.fit(
      {
        training: { ...training, phases },
        loss: lossOf(arm),
        duration: duration.kind === 'epochs' ? { kind: 'steps', steps: main.steps } : duration,
        seed: draw.seed,
        score,
        near: main,
      },
      checkpoint,
    );
    let at = 0;
    rows.forEach((_, row) => {
      if (folds[row] !== fold) return;
      logits.set(fit.logits.subarray(at, at + labels), row * labels);
      at += labels;
    });
  }
  return { rows, logits };
}

/** The threshold at which micro-F1 of the held-out documents is highest. */
function thresholdOf({ rows, logits }: HeldOut, { corpus, targets }: StudySetting): number {
  const labels = corpus.labels.length;
  const truth = new Float32Array(rows.length * labels);
  rows.forEach((row, at) => truth.set(targets.subarray(row * labels, (row + 1) * labels), at * labels));
  return bestThreshold(
    new Uint32Array(logits.length).map((_, cell) => cell),
    logits,
    truth,
  );
}

// ── arms made from others ──────────────────────────────────────────────────────────────────────────────────────

function agreementOf(
  arm: Arm,
  { corpus }: StudySetting,
  draw: Draw,
  { realOnly }: Others,
): Agreement | undefined {
  if (arm.kind !== 'filtered' && arm.kind !== 'sample-weighted') return undefined;
  const logits = realOnly?.others;
  if (!logits) throw needs(arm, 'real-only');
  const columns = corpus.labels.length;
  const least = new Float32Array(draw.synthetic.length);
  const mean = new Float32Array(draw.synthetic.length);
  draw.synthetic.forEach((row, at) => {
    const own = corpus.documents[row]?.labels ?? [];
    const probabilities = own.map((label) => fromLogOdds(logits[at * columns + label] ?? 0));
    least[at] = Math.min(1, ...probabilities);
    mean[at] = probabilities.reduce((total, p) => total + p, 0) / Math.max(1, own.length);
  });
  return { least, mean };
}

/** Mean probabilities; the threshold comes from real documents that neither of the two has seen. */
function ensemble(setting: StudySetting, draw: Draw, { realOnly, syntheticOnly }: Others): Outcome {
  const arm = { kind: 'ensemble' } as const;
  if (!realOnly) throw needs(arm, 'real-only');
  if (!syntheticOnly) throw needs(arm, 'synthetic-only');
  const { heldOut } = realOnly;
  const ofReal = syntheticOnly.others;
  const rows = draw.real;
  return {
    logits: meanOf(realOnly.logits, syntheticOnly.logits),
    threshold: heldOut && ofReal ? thresholdOf({ rows, logits: meanOf(heldOut, ofReal) }, setting) : null,
    steps: realOnly.steps + syntheticOnly.steps,
    real: realOnly.real,
    synthetic: syntheticOnly.synthetic,
  };
}

const meanOf = (a: Float32Array, b: Float32Array): Float32Array =>
  a.map((value, at) => logOdds((fromLogOdds(value) + fromLogOdds(b[at] ?? 0)) / 2));

const needs = ({ kind }: Pick<Arm, 'kind'>, other: string): PatentLabError =>
  new PatentLabError({
    code: 'study-arm-failed',
    message: `The arm ${kind} is made from ${other}, which the plan leaves out or which failed.`,
    remedy: `Add ${other} to the plan’s arms.`,
  });

const nothingSynthetic = ({ real }: Draw): PatentLabError =>
  new PatentLabError({
    code: 'study-arm-failed',
    message: `No synthetic document can be used beside these ${real.length} real ones: each was made from a document that is not among them.`,
    remedy: 'Study a larger regime, or generate from the documents of this one.',
  });
